/// Finds out, again and again, whether a team of threads trains rows faster than its leader alone.
///
/// It does not where the host has put the cores far apart, or where layers are small. Both ways give the same bytes, so
/// that only speed is at stake. A pure value: times come in as parameters.
package struct TeamTrial {
  /// Rows of each half of a trial, and rows between two trials: a trial costs a few hundredths at most.
  private static let trialRows = 200
  private static let rowsBetweenTrials = 20_000

  private enum Phase {
    case together
    /// The time of a row together.
    case alone(togetherNanoseconds: Int)
    case decided
  }

  /// The first trial comes soon, but not before caches and threads are warm.
  private var phase = Phase.decided
  private var rows = TeamTrial.rowsBetweenTrials - 2 * TeamTrial.trialRows
  private var start: Int?
  /// Whether the next row is the leader's alone.
  package private(set) var isAlone = false

  package init() {}

  /// Counts rows that are about to be trained together; `now` is asked only where it matters.
  package mutating func advance(by count: Int = 1, now: () -> Int) {
    guard let start else {
      start = now()
      return
    }
    rows += count
    switch phase {
    case .together where rows >= Self.trialRows:
      let time = now()
      begin(.alone(togetherNanoseconds: (time - start) / rows), isAlone: true, at: time)
    case .alone(let together) where rows >= Self.trialRows:
      let time = now()
      begin(.decided, isAlone: (time - start) / rows < together, at: time)
    case .decided where rows >= Self.rowsBetweenTrials: begin(.together, isAlone: false, at: now())
    case .together, .alone, .decided: break
    }
  }

  private mutating func begin(_ next: Phase, isAlone: Bool, at time: Int) {
    phase = next
    self.isAlone = isAlone
    start = time
    rows = 0
  }
}
