/// Jobs that wait for other jobs or for a time, and the moments at which their conditions must be checked.
///
/// Thousands of jobs may wait, so conditions are checked only after a relevant change. Pure.
package struct BlockedJobs: Sendable {
  private var conditions: [JobIdentifier: JobConditions] = [:]
  /// The earliest time that a job waits for, in seconds since 1970; infinity for none.
  package private(set) var untilSeconds = Double.infinity
  /// Whether some job waits for another job; if so, every change in the spool may be relevant.
  private var waitsForJobs = false
  /// Whether a relevant change may have happened since the last check.
  private var hasNews = true

  package init() {}

  package var jobs: Set<JobIdentifier> { Set(conditions.keys) }
  package var count: Int { conditions.count }

  /// All blocked jobs, in order of arrival.
  var all: [(id: JobIdentifier, conditions: JobConditions)] {
    conditions.sorted { $0.key < $1.key }.map { (id: $0.key, conditions: $0.value) }
  }

  /// The names of jobs that other jobs wait for.
  var awaitedNames: Set<String> { Set(conditions.values.flatMap(\.names)) }

  package mutating func add(_ id: JobIdentifier, _ conditions: JobConditions) {
    self.conditions[id] = conditions
    untilSeconds = min(untilSeconds, conditions.notBeforeSeconds ?? .infinity)
    guard conditions.waitsForJobs else { return }
    waitsForJobs = true
    hasNews = true
  }

  package mutating func remove(_ id: JobIdentifier) { conditions[id] = nil }

  /// Records that a job changed state or a file was rejected.
  package mutating func note() { hasNews = true }

  /// Returns whether the conditions must be checked now.
  ///
  /// `wallSeconds`: Seconds since 1970.
  package func needLook(wallSeconds: Double) -> Bool {
    !conditions.isEmpty && ((hasNews && waitsForJobs) || untilSeconds <= wallSeconds)
  }

  /// Records a check of the conditions.
  ///
  /// `isToBeRepeated`: Whether the check itself changed states, which may concern jobs that arrived earlier.
  mutating func looked(wallSeconds: Double, isToBeRepeated: Bool) {
    hasNews = isToBeRepeated
    waitsForJobs = conditions.values.contains(where: \.waitsForJobs)
    untilSeconds = conditions.values.compactMap(\.notBeforeSeconds).filter { $0 > wallSeconds }.min() ?? .infinity
  }
}
