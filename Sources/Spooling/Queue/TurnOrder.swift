internal import HeapModule

/// Which job runs next.
///
/// Higher priority first, then the order of arrival; never more than the limit at once, and of a group never more than
/// the group's limit: jobs of other groups pass by. Pure.
package struct TurnOrder: Sendable {
  /// What decides about a job's turn.
  package struct Place: Sendable, Equatable, Codable {
    package let priority: Int
    /// Empty for none.
    package let group: String

    package init(priority: Int, group: String = "") {
      self.priority = priority
      self.group = group
    }
  }

  private struct Entry: Comparable, Sendable {
    let priority: Int
    let id: JobIdentifier

    /// The maximum of the heap runs next.
    static func < (a: Entry, b: Entry) -> Bool {
      (a.priority, b.id) < (b.priority, a.id)
    }
  }

  package var maximumRunning: Int
  /// Jobs of a group that run at once; groups that are not named have no limit.
  package var groupLimits: [String: Int]
  private var runningGroups: [JobIdentifier: String] = [:]
  private var places: [JobIdentifier: Place] = [:]
  /// By group; may hold jobs that were taken out since: `places` is the truth.
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

  /// Takes a job out of the order; nothing happens if it does not wait.
  package mutating func remove(_ id: JobIdentifier) { places[id] = nil }

  /// The next job that may run; nil when the limits are reached or nothing waits.
  package mutating func next() -> JobIdentifier? {
    guard runningGroups.count < maximumRunning else { return nil }
    var best: Entry?
    for group in heaps.keys.sorted() where !isFull(group) {
      if let head = head(of: group), best.map({ $0 < head }) ?? true { best = head }
    }
    return best?.id
  }

  private func isFull(_ group: String) -> Bool {
    guard let limit = groupLimits[group] else { return false }
    return runningGroups.values.count { $0 == group } >= limit
  }

  /// The first job of a group that still waits there.
  private mutating func head(of group: String) -> Entry? {
    while let entry = heaps[group]?.max {
      if places[entry.id] == Place(priority: entry.priority, group: group) { return entry }
      _ = heaps[group]?.popMax()
    }
    heaps[group] = nil
    return nil
  }

  /// A job runs from now on.
  package mutating func start(_ id: JobIdentifier, _ place: Place) {
    places[id] = nil
    runningGroups[id] = place.group
  }

  package mutating func ended(_ id: JobIdentifier) { runningGroups[id] = nil }
}
