/// Finds out, again and again, whether a team of threads trains rows faster than its leader alone.
///
/// It does not where the host has put the cores far apart, or where layers are small. Both ways give the same bytes, so
/// that only speed is at stake. A pure value: times come in as parameters.
package struct TeamTrial {
  /// Rows, and steps, of each half of a trial at least.
  private static let trialRows = 200
  private static let trialSteps = 8
  /// Between two trials a hundred times as many: a trial costs a few hundredths at most.
  private static let share = 100
  /// The leader works alone for that many times as many at first, and twice as many after each trial that says so again:
  /// a neighbour on the host that disturbs one trial shall not cost a team for long.
  private static let firstShareAlone = 10

  private enum Phase {
    case together
    /// The time of a row together.
    case alone(togetherNanoseconds: Int)
    case decided
  }

  /// The first trial comes soon, but not before caches and threads are warm.
  private var phase = Phase.decided
  private let trialRows: Int
  private var rows: Int
  /// The next trial comes after so many times the rows of half a trial.
  private var patience = Self.share
  private var shareAlone = Self.firstShareAlone
  private var start: Int?
  /// Whether the next row is the leader's alone.
  package private(set) var isAlone = false

  /// `rowsPerStep`: How many rows a step is made from.
  package init(rowsPerStep: Int = 1) {
    trialRows = max(Self.trialRows, Self.trialSteps * rowsPerStep)
    rows = Self.share * trialRows - 2 * trialRows
  }

  /// Counts rows that are about to be trained together; `now` is asked only where it matters.
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
