import Testing
import Training

@Suite("Iterations of permutations")
struct IterationScheduleTests {
  private func schedule(
    rows: Int, epochs: Double, request: Int, reproducible: Bool = false, consensus: Bool = false
  ) -> IterationSchedule {
    IterationSchedule(
      usableRows: rows, epochs: epochs, request: request, isReproducible: reproducible, formsConsensus: consensus,
      walksFile: false)
  }

  /// Returns the positions that a whole training visits, slice by slice, and the ends of its iterations.
  private func run(_ schedule: IterationSchedule, rows: Int, unit: Int) -> (slices: [Range<Int>], ends: [Int]) {
    var progress = TrainingProgress()
    var (slices, ends): ([Range<Int>], [Int]) = ([], [])
    while !schedule.isDone(samples: progress.samples) {
      progress.samplesBeforeIteration = progress.samples
      while let slice = schedule.slice(at: progress, rows: rows, unit: unit) {
        slices.append(slice)
        progress.position += slice.count
        progress.samples += slice.count
      }
      ends.append(progress.samples)
    }
    return (slices, ends)
  }

  @Test(
    "slices are contiguous, end exactly at the epochs, and do not split mini-batches",
    arguments: [(10, 3.0, 4), (10, 2.5, 7), (100, 0.37, 9), (7, 5.0, 1), (50, 4.0, 200), (50, 4.0, 1000)], [1, 3, 32])
  func slices(_ training: (rows: Int, epochs: Double, request: Int), _ unit: Int) {
    let schedule = schedule(rows: training.rows, epochs: training.epochs, request: training.request)
    let (slices, ends) = run(schedule, rows: 5, unit: unit)
    let total = Int((training.epochs * Double(training.rows)).rounded())
    #expect(slices.first?.lowerBound == 0 && slices.last?.upperBound == total && ends.last == total)
    for (one, next) in zip(slices, slices.dropFirst()) { #expect(one.upperBound == next.lowerBound) }
    for slice in slices {
      #expect(slice.lowerBound / training.rows == (slice.upperBound - 1) / training.rows, "one epoch")
      let (first, end) = (slice.lowerBound % training.rows, slice.upperBound % training.rows)
      #expect(first.isMultiple(of: unit), "begins with a mini-batch")
      #expect(end.isMultiple(of: unit) || slice.upperBound == total, "ends with a mini-batch, an epoch or the training")
    }
  }

  @Test(
    "train_samples_per_iteration in rows",
    arguments: [
      // rows, epochs, request, reproducible, expected: by default a hundredth of all rows, at most 100,000
      (150, 10.0, -2, false, 15), (150, 10.0, -2, true, 150), (150, 10.0, -1, false, 150), (150, 10.0, 0, false, 150),
      (150, 10.0, 40, false, 40), (150, 0.1, 40, false, 15), (60_000, 10.0, -2, false, 6000),
      (50_000_000, 10.0, -2, false, 100_000), (250, 100_000.0, -2, false, 1000), (20_000, 10_000.0, -2, false, 20_000),
      (10, 0.01, -2, false, 1),
    ])
  func samples(_ rows: Int, _ epochs: Double, _ request: Int, _ reproducible: Bool, _ expected: Int) {
    #expect(
      schedule(rows: rows, epochs: epochs, request: request, reproducible: reproducible).samplesPerIteration == expected
    )
  }

  @Test("with elastic averaging, automatic iterations have H2O's length, because the network depends on it")
  func consensus() {
    #expect(schedule(rows: 150, epochs: 10, request: -2, consensus: true).samplesPerIteration == 150)
  }

  @Test("zero epochs train nothing")
  func nothing() {
    let schedule = schedule(rows: 10, epochs: 0, request: -2)
    #expect(schedule.totalSamples == 0 && schedule.isDone(samples: 0))
    #expect(schedule.slice(at: TrainingProgress(), rows: 5, unit: 1) == nil)
  }
}
