import DeepLearning
import Testing

@Suite("Whether a team is worth while")
struct TeamTrialTests {
  /// Trains `rows` rows that take so long together and alone, and says how many of the last thousand were alone.
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

  @Test("the faster way is taken, whichever it is", arguments: [1, 64])
  func faster(_ batch: Int) {
    #expect(aloneAtEnd(rows: 15_000, together: 10, alone: 19, batch: batch) < 400)
    #expect(aloneAtEnd(rows: 15_000, together: 19, alone: 10, batch: batch) > 600)
  }

  @Test("a change is noticed")
  func change() {
    var trial = TeamTrial()
    var time = 0
    for row in 0..<100_000 {
      trial.advance { time }
      // The other program ends half way.
      time += trial.isAlone ? 15 : row < 50_000 ? 30 : 10
    }
    #expect(!trial.isAlone)
  }
}
