/// Jobs that wait for other jobs or for a time, and when it is worth looking whether that has come true.
///
/// Thousands of jobs may wait: nothing is looked at unless something can have changed. Pure.
package struct BlockedJobs: Sendable {
  private var conditions: [JobIdentifier: JobConditions] = [:]
  /// The earliest time, in seconds since 1970, that a job waits for; infinity for none.
  package private(set) var untilSeconds = Double.infinity
  /// Whether some job waits for another one: then each change in the spool may concern it.
  private var waitsForJobs = false
  /// Something may have come true.
  private var hasNews = true

  package init() {}

  package var jobs: Set<JobIdentifier> { Set(conditions.keys) }
  package var count: Int { conditions.count }

  /// In the order of arrival.
  var all: [(id: JobIdentifier, conditions: JobConditions)] {
    conditions.sorted { $0.key < $1.key }.map { (id: $0.key, conditions: $0.value) }
  }

  /// Names of jobs that somebody waits for.
  var awaitedNames: Set<String> { Set(conditions.values.flatMap(\.names)) }

  package mutating func add(_ id: JobIdentifier, _ conditions: JobConditions) {
    self.conditions[id] = conditions
    untilSeconds = min(untilSeconds, conditions.notBeforeSeconds ?? .infinity)
    guard conditions.waitsForJobs else { return }
    waitsForJobs = true
    hasNews = true
  }

  package mutating func remove(_ id: JobIdentifier) { conditions[id] = nil }

  /// A job has gone to another state, or a file was rejected.
  package mutating func note() { hasNews = true }

  /// Whether the conditions should be looked at.
  ///
  /// - `wallSeconds`: Since 1970.
  package func needLook(wallSeconds: Double) -> Bool {
    !conditions.isEmpty && ((hasNews && waitsForJobs) || untilSeconds <= wallSeconds)
  }

  /// The conditions were looked at.
  ///
  /// - `isToBeRepeated`: Whether what was found is itself news: a job may come after one that arrived later.
  mutating func looked(wallSeconds: Double, isToBeRepeated: Bool) {
    hasNews = isToBeRepeated
    waitsForJobs = conditions.values.contains(where: \.waitsForJobs)
    untilSeconds = conditions.values.compactMap(\.notBeforeSeconds).filter { $0 > wallSeconds }.min() ?? .infinity
  }
}
