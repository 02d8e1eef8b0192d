internal import HeapModule

/// The order in which jobs run: submitters take turns, each with their own jobs by priority, then by arrival.
///
/// The turn belongs to the submitter whose jobs have used the least running time (start-time fair
/// queueing). Time without jobs earns no credit: a submitter who comes back continues at the level of the
/// others. Jobs that an operator has raised precede all turns.
///
/// A limit applies to all running jobs and another to each group; jobs of other groups overtake those of
/// a full group. Pure.
package struct TurnOrder: Sendable {
  /// The properties that decide when a job runs.
  package struct Place: Sendable, Equatable, Codable {
    /// Orders the jobs of one submitter, and the raised jobs.
    package let priority: Int
    /// Empty for no group.
    package let group: String
    package private(set) var submitterID: UInt32
    /// Whether an operator has given a priority above 0, so that the job precedes those of all submitters.
    package let isRaised: Bool

    /// `isRaised`: Whether an operator has given the priority; one of 0 or less raises no job.
    package init(priority: Int, group: String = "", submitterID: UInt32 = 0, isRaised: Bool = false) {
      self.priority = priority
      self.group = group
      self.submitterID = submitterID
      self.isRaised = isRaised && priority > 0
    }

    /// Returns the place for a job of a submitter.
    func of(_ submitter: Submitter) -> Place {
      var place = self
      place.submitterID = submitter.userID
      return place
    }
  }

  /// The jobs that only their priority and arrival order: those of one submitter in one group.
  private struct Line: Hashable, Sendable {
    let submitterID: UInt32
    let group: String
  }

  private struct Entry: Comparable, Sendable {
    let id: JobIdentifier
    let place: Place

    /// The heap's maximum runs next.
    static func < (a: Entry, b: Entry) -> Bool {
      if a.place.isRaised != b.place.isRaised { return b.place.isRaised }
      return (a.place.priority, b.id) < (b.place.priority, a.id)
    }
  }

  /// The running time in seconds that a start costs in advance, so that many short jobs take turns, too.
  private static let startSeconds = 1.0

  package var maximumRunning: Int
  /// The maximum number of running jobs per group; jobs of groups that are not listed do not start.
  package var groupLimits: [String: Int]
  private var runningPlaces: [JobIdentifier: Place] = [:]
  private var places: [JobIdentifier: Place] = [:]
  /// The number of waiting jobs per submitter; submitters without any are missing.
  private var waitingCounts: [UInt32: Int] = [:]
  /// Waiting jobs by line.
  ///
  /// Heaps may contain removed jobs; `places` is authoritative.
  private var heaps: [Line: Heap<Entry>] = [:]
  /// The running time in seconds that each submitter has used, on a common scale.
  private var usedSeconds: [UInt32: Double] = [:]
  /// The time up to which running jobs are accounted for.
  private var accountedSeconds: Double?
  /// Submitters who had jobs when the last daemon ended, and whose jobs have not been read yet.
  private var returning: Set<UInt32> = []

  package init(maximumRunning: Int, groupLimits: [String: Int] = [:]) {
    self.maximumRunning = maximumRunning
    self.groupLimits = groupLimits
  }

  package var waiting: Set<JobIdentifier> { Set(places.keys) }
  package var waitingCount: Int { places.count }
  package var running: Set<JobIdentifier> { Set(runningPlaces.keys) }

  /// Charges the submitters of running jobs for the time since the last call.
  ///
  /// `nowSeconds`: The time of a monotonic clock.
  package mutating func advance(to nowSeconds: Double) {
    let seconds = max(0, nowSeconds - (accountedSeconds ?? nowSeconds))
    accountedSeconds = nowSeconds
    for place in runningPlaces.values { usedSeconds[place.submitterID, default: 0] += seconds }
  }

  package mutating func enqueue(_ id: JobIdentifier, _ place: Place) {
    remove(id)
    let submitterID = place.submitterID
    if returning.remove(submitterID) == nil, !isActive(submitterID) {
      let level = activeSubmitters.compactMap { usedSeconds[$0] }.min()
      usedSeconds[submitterID] = max(usedSeconds[submitterID] ?? 0, level ?? 0)
    }
    places[id] = place
    waitingCounts[submitterID, default: 0] += 1
    heaps[Line(submitterID: submitterID, group: place.group), default: Heap()].insert(
      Entry(id: id, place: place))
  }

  private var activeSubmitters: Set<UInt32> {
    Set(waitingCounts.keys).union(runningPlaces.values.map(\.submitterID)).union(returning)
  }

  /// The accounts that another order continues.
  package var accounts: RunningTimeAccounts {
    let submitters = activeSubmitters
    let active = Dictionary(uniqueKeysWithValues: submitters.map { ($0, usedSeconds[$0] ?? 0) })
    let level = active.values.min() ?? 0
    return RunningTimeAccounts(
      active: active, idle: usedSeconds.filter { !submitters.contains($0.key) && $0.value > level })
  }

  /// Continues the accounts of another order.
  package mutating func restore(_ accounts: RunningTimeAccounts) {
    usedSeconds = accounts.active.merging(accounts.idle) { active, _ in active }
    returning = Set(accounts.active.keys)
  }

  private func isActive(_ submitterID: UInt32) -> Bool {
    waitingCounts[submitterID] != nil
      || runningPlaces.values.contains { $0.submitterID == submitterID }
  }

  /// Removes a job from the order, if it waits.
  package mutating func remove(_ id: JobIdentifier) {
    guard let place = places.removeValue(forKey: id) else { return }
    let left = (waitingCounts[place.submitterID] ?? 0) - 1
    waitingCounts[place.submitterID] = left > 0 ? left : nil
  }

  /// Returns the next job that may run; nil if a limit is reached or no job waits.
  ///
  /// `first`: A job whose turn has come but that did not fit; it keeps the turn, whatever the accounts become.
  package mutating func next(keeping first: JobIdentifier? = nil) -> JobIdentifier? {
    guard runningPlaces.count < maximumRunning else { return nil }
    var heads: [UInt32: Entry] = [:]
    for line in heaps.keys where !isFull(line.group) {
      guard let head = head(of: line) else { continue }
      let own = heads[line.submitterID]
      if own.map({ $0 < head }) ?? true { heads[line.submitterID] = head }
    }
    if let raised = heads.values.filter(\.place.isRaised).max() { return raised.id }
    if let first, heads.values.contains(where: { $0.id == first }) { return first }
    return heads.min { a, b in
      (usedSeconds[a.key] ?? 0, a.value.id) < (usedSeconds[b.key] ?? 0, b.value.id)
    }?.value.id
  }

  private func isFull(_ group: String) -> Bool {
    guard !group.isEmpty else { return false }
    return runningPlaces.values.count { $0.group == group } >= groupLimits[group] ?? 0
  }

  /// Returns the first job of a line that still waits.
  private mutating func head(of line: Line) -> Entry? {
    while let entry = heaps[line]?.max {
      if places[entry.id] == entry.place { return entry }
      _ = heaps[line]?.popMax()
    }
    heaps[line] = nil
    return nil
  }

  /// Records that a job runs.
  package mutating func start(_ id: JobIdentifier, _ place: Place) {
    remove(id)
    runningPlaces[id] = place
    usedSeconds[place.submitterID, default: 0] += Self.startSeconds
  }

  package mutating func ended(_ id: JobIdentifier) { runningPlaces[id] = nil }
}
