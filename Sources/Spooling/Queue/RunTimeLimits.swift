/// The time that running jobs may take, and the end of a job that takes longer.
///
/// A job at its limit is asked to finish with the best model so far. It fails if it has no model yet, or
/// if it has not finished after a grace period. Pure: callers pass the time of a monotonic clock.
package struct RunTimeLimits: Sendable {
  package enum Step: Sendable, Equatable {
    /// Ask the job to finish with its best model so far.
    case finish(JobIdentifier, reason: String)
    /// Ask the job again; it has not read its checkpoint yet.
    case finishAgain(JobIdentifier)
    /// End the job, which fails.
    case fail(JobIdentifier, reason: String)
  }

  private struct Run: Sendable {
    let startSeconds: Double
    /// The limit in the job file; nil for none.
    let ownSeconds: Double?
    /// Whether the job has run before, so that it may continue from a checkpoint.
    let hasRunBefore: Bool
    /// The time at which the job was first asked to finish.
    var askedSeconds: Double?
    /// Whether the job must be asked again.
    var isToBeAsked = false
    var hasFailed = false
  }

  /// A limit, and the key that sets it.
  private struct Limit {
    let seconds: Double
    let key: String

    var text: String { "\(key) (\(Int(seconds.rounded(.up))) s)" }
    /// The time that a job has to write its result.
    var graceSeconds: Double { max(60, seconds / 10) }
  }

  private static let (configuredKey, ownKey) = ("max_job_runtime_secs", "job.max_runtime_secs")

  private static let consequence = "it finishes with the best model so far"

  /// Returns the sentence that tells that a job at its limit was asked to finish.
  ///
  /// `reason`: That of ``Step/finish(_:reason:)``.
  package static func notice(_ reason: String) -> String { "\(reason); \(consequence)" }

  /// Returns whether a text is such a sentence.
  package static func isNotice(_ text: String) -> Bool { text.hasSuffix(consequence) }

  /// The limit for all jobs, `max_job_runtime_secs` of the configuration; nil for none.
  package var configuredSeconds: Double?
  private var runs: [JobIdentifier: Run] = [:]

  package init(configuredSeconds: Double? = nil) { self.configuredSeconds = configuredSeconds }

  /// Records the start of a job.
  ///
  /// - Parameters:
  ///   - id: The job.
  ///   - ownSeconds: The limit in the job file; nil for none.
  ///   - earlierSeconds: The running time before an interruption, which counts.
  ///   - nowSeconds: The time of a monotonic clock.
  package mutating func start(
    _ id: JobIdentifier, ownSeconds: Double?, earlierSeconds: Double = 0, nowSeconds: Double
  ) {
    runs[id] = Run(
      startSeconds: nowSeconds - earlierSeconds, ownSeconds: ownSeconds, hasRunBefore: earlierSeconds > 0)
  }

  package mutating func ended(_ id: JobIdentifier) { runs[id] = nil }

  /// Returns what must happen to jobs at their limit, in order of arrival; each step once.
  package mutating func due(nowSeconds: Double) -> [Step] {
    runs.keys.sorted().compactMap { due($0, nowSeconds) }
  }

  private mutating func due(_ id: JobIdentifier, _ nowSeconds: Double) -> Step? {
    guard var run = runs[id], !run.hasFailed, let limit = limit(run),
      nowSeconds - run.startSeconds >= limit.seconds
    else { return nil }
    defer { runs[id] = run }
    guard let askedSeconds = run.askedSeconds else {
      run.askedSeconds = nowSeconds
      return .finish(id, reason: "it has run as long as \(limit.text) allows")
    }
    guard nowSeconds - askedSeconds >= limit.graceSeconds else {
      guard run.isToBeAsked else { return nil }
      run.isToBeAsked = false
      return .finishAgain(id)
    }
    run.hasFailed = true
    let grace = Int(limit.graceSeconds.rounded(.up))
    return .fail(
      id,
      reason:
        "it ran longer than \(limit.text) allows, and did not finish within \(grace) s after that")
  }

  /// Returns what must happen now to a job that has no model to finish with; nil if it was not asked because of its
  /// limit.
  ///
  /// A job that has run before soon has the model of its checkpoint, so it is asked again.
  package mutating func cannotFinish(_ id: JobIdentifier) -> [Step]? {
    guard let run = runs[id], run.askedSeconds != nil, !run.hasFailed, let limit = limit(run) else {
      return nil
    }
    guard !run.hasRunBefore else {
      runs[id]?.isToBeAsked = true
      return []
    }
    runs[id]?.hasFailed = true
    return [
      .fail(
        id,
        reason:
          "it ran longer than \(limit.text) allows, and had no model yet that could be its result")
    ]
  }

  private func limit(_ run: Run) -> Limit? {
    let limits = [
      configuredSeconds.map { Limit(seconds: $0, key: Self.configuredKey) },
      run.ownSeconds.map { Limit(seconds: $0, key: Self.ownKey) },
    ]
    return limits.compactMap { $0 }.min { $0.seconds < $1.seconds }
  }
}
