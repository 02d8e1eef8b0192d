internal import HeapModule

/// The order in which jobs run: by priority, then by arrival.
///
/// A limit applies to all running jobs and another to each group; jobs of other groups overtake
/// those of a full group. Pure.
package struct TurnOrder: Sendable {
  /// The properties that decide when a job runs.
  package struct Place: Sendable, Equatable, Codable {
    package let priority: Int
    /// Empty for no group.
    package let group: String

    package init(priority: Int, group: String = "") {
      self.priority = priority
      self.group = group
    }
  }

  private struct Entry: Comparable, Sendable {
    let priority: Int
    let id: JobIdentifier

    /// The heap's maximum runs next.
    static func < (a: Entry, b: Entry) -> Bool {
      (a.priority, b.id) < (b.priority, a.id)
    }
  }

  package var maximumRunning: Int
  /// The maximum number of running jobs per group; jobs of groups that are not listed do not start.
  package var groupLimits: [String: Int]
  private var runningGroups: [JobIdentifier: String] = [:]
  private var places: [JobIdentifier: Place] = [:]
  /// Waiting jobs by group.
  ///
  /// Heaps may contain removed jobs; `places` is authoritative.
  private var heaps: [String: Heap<Entry>] = [:]

  package init(maximumRunning: Int, groupLimits: [String: Int] = [:]) {
    self.maximumRunning = maximumRunning
    self.groupLimits = groupLimits
  }

  package var waiting: Set<JobIdentifier> { Set(places.keys) }
  package var waitingCount: Int { places.count }
  package var running: Set<JobIdentifier> { Set(runningGroups.keys) }

  package mutating func enqueue(_ id: JobIdentifier, _ place: Place) {
    places[id] = place
    heaps[place.group, default: Heap()].insert(Entry(priority: place.priority, id: id))
  }

  /// Removes a job from the order, if it waits.
  package mutating func remove(_ id: JobIdentifier) { places[id] = nil }

  /// Returns the next job that may run; nil if a limit is reached or no job waits.
  package mutating func next() -> JobIdentifier? {
    guard runningGroups.count < maximumRunning else { return nil }
    var best: Entry?
    for group in heaps.keys.sorted() where !isFull(group) {
      if let head = head(of: group), best.map({ $0 < head }) ?? true { best = head }
    }
    return best?.id
  }

  private func isFull(_ group: String) -> Bool {
    guard !group.isEmpty else { return false }
    return runningGroups.values.count { $0 == group } >= groupLimits[group] ?? 0
  }

  /// Returns the first job of a group that still waits.
  private mutating func head(of group: String) -> Entry? {
    while let entry = heaps[group]?.max {
      if places[entry.id] == Place(priority: entry.priority, group: group) { return entry }
      _ = heaps[group]?.popMax()
    }
    heaps[group] = nil
    return nil
  }

  /// Records that a job runs.
  package mutating func start(_ id: JobIdentifier, _ place: Place) {
    places[id] = nil
    runningGroups[id] = place.group
  }

  package mutating func ended(_ id: JobIdentifier) { runningGroups[id] = nil }
}
