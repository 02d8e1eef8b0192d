import Testing
import Training

@Suite("Detection of diverging metrics")
struct RunawayWatchTests {
  private func point(_ epochs: Double, isLast: Bool = false) -> ScoringPoint {
    ScoringPoint(iteration: 1, samples: 100, epochs: epochs, elapsedSeconds: 1, isLast: isLast)
  }

  @Test("ten times the loss of the trivial model is suspicious, from the first epoch on")
  func suspicion() {
    #expect(RunawayWatch.isSuspicious(10.1, at: point(1), trivial: 1))
    #expect(RunawayWatch.isSuspicious(.nan, at: point(1), trivial: 1))
    #expect(!RunawayWatch.isSuspicious(9.9, at: point(1), trivial: 1))
    #expect(!RunawayWatch.isSuspicious(100, at: point(0.9), trivial: 1))
    // A trivial model that is perfect, or has no rows, cannot be compared with.
    #expect(!RunawayWatch.isSuspicious(100, at: point(1), trivial: 0))
    #expect(!RunawayWatch.isSuspicious(100, at: point(1), trivial: .nan))
  }

  /// Returns the decisions on successive losses, with `untrained` as the loss of the untrained network.
  private func verdicts(
    _ losses: [Double], untrained: Double, bestIsKept: Bool, lastIsLast: Bool = false
  ) -> [Bool] {
    var watch = RunawayWatch()
    return losses.enumerated().map { index, loss in
      let point = point(Double(index + 1), isLast: lastIsLast && index == losses.count - 1)
      let isSuspicious = RunawayWatch.isSuspicious(loss, at: point, trivial: 1)
      let hasRunAway = watch.note(
        loss, at: point, untrained: isSuspicious ? untrained : nil, bestIsKept: bestIsKept)
      #expect(watch.isSuspicious == (isSuspicious && loss > 10 * untrained))
      return hasRunAway
    }
  }

  @Test("two scorings in a row that are far worse than the untrained network end the training")
  func twice() { #expect(verdicts([100, 100], untrained: 2, bestIsKept: true) == [false, true]) }

  @Test("a better scoring resets the count")
  func recovery() { #expect(verdicts([100, 3, 100], untrained: 2, bestIsKept: true) == [false, false, false]) }

  @Test("a loss near that of a bad untrained network does not count")
  func badStart() { #expect(verdicts([100, 100, 100], untrained: 20, bestIsKept: false) == [false, false, false]) }

  @Test("at the end of the training one scoring is enough, unless an earlier network can be delivered")
  func last() {
    #expect(verdicts([3, 100], untrained: 2, bestIsKept: false, lastIsLast: true) == [false, true])
    #expect(verdicts([3, 100], untrained: 2, bestIsKept: true, lastIsLast: true) == [false, false])
  }
}
