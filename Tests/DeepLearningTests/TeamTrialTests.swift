import DeepLearning
import Testing

@Suite("Trials of a team against its leader alone")
struct TeamTrialTests {
  /// Trains `rows` rows with the given times per row, and returns how many of the last thousand were trained alone.
  private func aloneAtEnd(rows: Int, together: Int, alone: Int, batch: Int = 1) -> Int {
    var trial = TeamTrial(rowsPerStep: batch)
    var time = 0
    var count = 0
    for row in 0..<rows {
      trial.advance(by: batch) { time }
      time += (trial.isAlone ? alone : together) * batch
      if row >= rows - 1000, trial.isAlone { count += 1 }
    }
    return count
  }

  @Test("the faster way is chosen", arguments: [1, 64])
  func faster(_ batch: Int) {
    #expect(aloneAtEnd(rows: 15_000, together: 10, alone: 19, batch: batch) < 400)
    #expect(aloneAtEnd(rows: 15_000, together: 19, alone: 10, batch: batch) > 600)
  }

  @Test("a change in speed is detected")
  func change() {
    var trial = TeamTrial()
    var time = 0
    for row in 0..<100_000 {
      trial.advance { time }
      // The other program ends after half of the rows.
      time += trial.isAlone ? 15 : row < 50_000 ? 30 : 10
    }
    #expect(!trial.isAlone)
  }

  @Test("a disturbance during one trial does not disable the team for long")
  func disturbance() {
    var trial = TeamTrial()
    var time = 0
    var count = (before: 0, alone: 0)
    for _ in 0..<40_000 {
      trial.advance { time }
      // Another program disturbs the first half of the first trial.
      time += trial.isAlone ? 19 : count.alone == 0 ? 30 : 10
      if trial.isAlone { count.alone += 1 } else if count.alone == 0 { count.before += 1 }
    }
    #expect(count.before < 1000)
    #expect(count.alone > 1000 && count.alone < 4000)
  }
}
