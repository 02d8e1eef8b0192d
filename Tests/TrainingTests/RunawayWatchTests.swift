import Testing
import Training

@Suite("Metrics that run away")
struct RunawayWatchTests {
  private func point(_ epochs: Double, isLast: Bool = false) -> ScoringPoint {
    ScoringPoint(iteration: 1, samples: 100, epochs: epochs, elapsedSeconds: 1, isLast: isLast)
  }

  @Test("ten times the trivial model's loss is suspicious, from the first epoch on")
  func suspicion() {
    #expect(RunawayWatch.isSuspicious(10.1, at: point(1), trivial: 1))
    #expect(RunawayWatch.isSuspicious(.nan, at: point(1), trivial: 1))
    #expect(!RunawayWatch.isSuspicious(9.9, at: point(1), trivial: 1))
    #expect(!RunawayWatch.isSuspicious(100, at: point(0.9), trivial: 1))
    // A trivial model that is perfect, or has no rows, judges nobody.
    #expect(!RunawayWatch.isSuspicious(100, at: point(1), trivial: 0))
    #expect(!RunawayWatch.isSuspicious(100, at: point(1), trivial: .nan))
  }

  /// What the watch says of scorings that follow each other, each 100 or 3 with an untrained network of `untrained`.
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

  @Test("two scorings in a row, both far worse than the untrained network, end it")
  func twice() { #expect(verdicts([100, 100], untrained: 2, bestIsKept: true) == [false, true]) }

  @Test("a scoring that is better forgives the one before")
  func recovery() { #expect(verdicts([100, 3, 100], untrained: 2, bestIsKept: true) == [false, false, false]) }

  @Test("a network that began worse is no reason")
  func badStart() { #expect(verdicts([100, 100, 100], untrained: 20, bestIsKept: false) == [false, false, false]) }

  @Test("at the end of the training once is enough, unless an earlier network takes its place")
  func last() {
    #expect(verdicts([3, 100], untrained: 2, bestIsKept: false, lastIsLast: true) == [false, true])
    #expect(verdicts([3, 100], untrained: 2, bestIsKept: true, lastIsLast: true) == [false, false])
  }
}
