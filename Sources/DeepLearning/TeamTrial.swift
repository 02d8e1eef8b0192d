/// A repeated trial that measures whether a team of threads trains rows faster than its leader alone.
///
/// The leader can be faster where the host has placed the cores far apart, or where
/// layers are small. Both ways give the same network, bit for bit, so the outcome
/// affects only speed. A pure value: times come in as parameters.
package struct TeamTrial {
  /// The smallest number of rows, and of steps, in each half of a trial.
  private static let trialRows = 200
  private static let trialSteps = 8
  /// The rows between two trials, in multiples of half a trial; a trial therefore costs a few per cent at most.
  private static let share = 100
  /// The rows that the leader first works alone, in multiples of half a trial.
  ///
  /// The number doubles with each trial that confirms it. It starts low, because another guest on the host
  /// can disturb a trial, which should not disable the team for long.
  private static let firstShareAlone = 10

  private enum Phase {
    case together
    /// The second half of a trial; holds the time per row with the team.
    case alone(togetherNanoseconds: Int)
    case decided
  }

  /// The first trial starts early, but not before caches and threads are warm.
  private var phase = Phase.decided
  private let trialRows: Int
  private var rows: Int
  /// Rows between trials, in multiples of half a trial.
  private var patience = Self.share
  private var shareAlone = Self.firstShareAlone
  private var start: Int?
  /// Whether the leader trains the next row alone.
  package private(set) var isAlone = false

  /// `rowsPerStep`: The mini-batch size.
  package init(rowsPerStep: Int = 1) {
    trialRows = max(Self.trialRows, Self.trialSteps * rowsPerStep)
    rows = Self.share * trialRows - 2 * trialRows
  }

  /// Counts rows that are about to be trained; calls `now` only at the boundaries of a trial.
  package mutating func advance(by count: Int = 1, now: () -> Int) {
    guard let start else {
      start = now()
      return
    }
    rows += count
    switch phase {
    case .together where rows >= trialRows:
      let time = now()
      begin(.alone(togetherNanoseconds: (time - start) / rows), isAlone: true, at: time)
    case .alone(let together) where rows >= trialRows:
      let time = now()
      decide(isAlone: (time - start) / rows < together, at: time)
    case .decided where rows >= patience * trialRows: begin(.together, isAlone: false, at: now())
    case .together, .alone, .decided: break
    }
  }

  private mutating func decide(isAlone: Bool, at time: Int) {
    patience = isAlone ? shareAlone : Self.share
    shareAlone = isAlone ? min(2 * shareAlone, Self.share) : Self.firstShareAlone
    begin(.decided, isAlone: isAlone, at: time)
  }

  private mutating func begin(_ next: Phase, isAlone: Bool, at time: Int) {
    phase = next
    self.isAlone = isAlone
    start = time
    rows = 0
  }
}
