internal import HeapModule

/// Which job runs next.
///
/// Higher priority first, then the order of arrival; never more than the limit at once. Pure.
package struct QueueState: Sendable {
  private struct Entry: Comparable, Sendable {
    let priority: Int
    let id: JobIdentifier

    /// The maximum of the heap runs next.
    static func < (a: Entry, b: Entry) -> Bool {
      (a.priority, b.id) < (b.priority, a.id)
    }
  }

  package var maximumRunning: Int
  package private(set) var running: Set<JobIdentifier> = []
  private var priorities: [JobIdentifier: Int] = [:]
  /// Priorities of jobs that wait for something else than their turn.
  private var blocked: [JobIdentifier: Int] = [:]
  /// May hold jobs that were taken out since; `priorities` is the truth.
  private var heap = Heap<Entry>()

  package init(maximumRunning: Int) { self.maximumRunning = maximumRunning }

  package var queuedCount: Int { priorities.count + blocked.count }

  package func isQueued(_ id: JobIdentifier) -> Bool { priorities[id] != nil || blocked[id] != nil }

  /// Keeps a job in the queue whose turn cannot come yet.
  package mutating func block(_ id: JobIdentifier, priority: Int) {
    priorities[id] = nil
    blocked[id] = priority
  }

  /// Lets a blocked job wait for its turn.
  package mutating func unblock(_ id: JobIdentifier) {
    if let priority = blocked[id] { enqueue(id, priority: priority) }
  }

  package mutating func enqueue(_ id: JobIdentifier, priority: Int) {
    blocked[id] = nil
    priorities[id] = priority
    heap.insert(Entry(priority: priority, id: id))
  }

  /// Takes a job out of the queue; false if it was not queued.
  package mutating func remove(_ id: JobIdentifier) -> Bool {
    let wasBlocked = blocked.removeValue(forKey: id) != nil
    return priorities.removeValue(forKey: id) != nil || wasBlocked
  }

  /// The next job to run, which counts as running from now on; nil when the limit is reached or nothing waits.
  package mutating func startNext() -> JobIdentifier? {
    guard running.count < maximumRunning else { return nil }
    while let entry = heap.popMax() {
      guard priorities[entry.id] == entry.priority else { continue }
      priorities[entry.id] = nil
      running.insert(entry.id)
      return entry.id
    }
    return nil
  }

  package mutating func ended(_ id: JobIdentifier) { running.remove(id) }

  /// Whether any job of the queue bears this name or number.
  package func queued(matching text: String) -> [JobIdentifier] {
    (Array(blocked.keys) + priorities.keys).filter { $0.matches(text) }.sorted()
  }
}
