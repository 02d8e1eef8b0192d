import Testing
import Training

/// Test vectors: h2o-behaviour.md#order-of-rows, from a port that was verified against H2O.
@Suite("Row order and iterations")
struct RowOrderTests {
  private func order(_ samples: Int, shuffles: Bool) -> [Int] {
    let schedule = IterationSchedule(
      rowCount: 6, epochs: 100, request: samples, isReproducible: true, shuffles: shuffles)
    return RowOrder.rows(schedule: schedule, seed: 1, samplesBefore: 0, iteration: 1).map { $0 % 6 }
  }

  @Test("a shuffled pass, half a pass, and one and a half passes")
  func vectors() {
    #expect(order(6, shuffles: true) == [5, 3, 2, 0, 4, 1])
    #expect(order(3, shuffles: false) == [5, 2, 4, 1])
    #expect(order(9, shuffles: false) == [5, 3, 2, 0, 4, 1, 5, 2, 1])
  }

  @Test("whole passes without shuffling keep the order of the file; entries include the number of the pass")
  func natural() {
    let schedule = IterationSchedule(rowCount: 3, epochs: 100, request: 6, isReproducible: true, shuffles: false)
    #expect(RowOrder.rows(schedule: schedule, seed: 1, samplesBefore: 0, iteration: 1) == [0, 1, 2, 3, 4, 5])
  }

  @Test("one pass over the table is shuffled even without a request")
  func automaticShuffle() {
    let schedule = IterationSchedule(rowCount: 6, epochs: 10, request: 0, isReproducible: true, shuffles: false)
    #expect(schedule.shuffles && schedule.samplesPerIteration == 6)
  }

  @Test(
    "train_samples_per_iteration in rows",
    arguments: [
      // rows, epochs, request, reproducible, expected
      (150, 3.0, -2, false, 45), (150, 3.0, -2, true, 150), (150, 10.0, -2, false, 150), (150, 10.0, -1, false, 150),
      (150, 10.0, 0, false, 150), (150, 10.0, 40, false, 40), (150, 0.1, 40, false, 15),
      (60_000, 3.0, -2, false, 18_000), (5_000_000, 10.0, -2, false, 100_000), (10, 0.01, -2, false, 1),
      (100, 1000.0, -2, false, 1000),
    ])
  func samples(_ rows: Int, _ epochs: Double, _ request: Int, _ reproducible: Bool, _ expected: Int) {
    let schedule = IterationSchedule(
      rowCount: rows, epochs: epochs, request: request, isReproducible: reproducible, shuffles: false)
    #expect(schedule.samplesPerIteration == expected)
  }
}
