package import JobFiles

/// The conditions for the start of a job: other jobs and a time.
///
/// Pure.
package struct JobConditions: Sendable, Equatable, Codable {
  /// Jobs that must have finished.
  package let after: [String]
  /// Jobs that must have ended, in any state.
  package let afterAny: [String]
  /// Seconds since 1970; nil for none.
  package var notBeforeSeconds: Double?

  package init(after: [String] = [], afterAny: [String] = [], notBeforeSeconds: Double? = nil) {
    self.after = after
    self.afterAny = afterAny
    self.notBeforeSeconds = notBeforeSeconds
  }

  package init(_ job: JobFile) {
    self.init(after: job.after, afterAny: job.afterAny, notBeforeSeconds: job.notBefore?.secondsSince1970)
  }

  package enum Verdict: Sendable, Equatable {
    case ready
    case waits(reason: String)
    /// The conditions can no longer be met.
    case never(reason: String)
    /// The job waits for itself.
    case circular(reason: String)
  }

  /// The names of the jobs to wait for.
  package var names: [String] { after + afterAny }

  /// Whether the job waits for other jobs.
  var waitsForJobs: Bool { !after.isEmpty || !afterAny.isEmpty }

  package var isEmpty: Bool { after.isEmpty && afterAny.isEmpty && notBeforeSeconds == nil }

  /// Returns whether a job may start.
  ///
  /// A name means the submitter's latest job that has it, other than the job itself; a rejected file counts. A job
  /// waits for a name that does not exist yet, because files that are dropped together are taken in any order.
  ///
  /// `userID`: The submitter.
  package func verdict(
    for id: JobIdentifier, of userID: UInt32, in index: JobIndex, nowSeconds: Double
  ) -> Verdict {
    for (names, mustFinish) in [(after, true), (afterAny, false)] {
      for name in names {
        switch Self.verdict(name, for: id, of: userID, in: index, mustFinish: mustFinish) {
        case .ready: continue
        case let verdict: return verdict
        }
      }
    }
    if let notBeforeSeconds, nowSeconds < notBeforeSeconds {
      return .waits(reason: "not before \(JobTime(secondsSince1970: notBeforeSeconds).text)")
    }
    return .ready
  }

  private static func verdict(
    _ name: String, for id: JobIdentifier, of userID: UInt32, in index: JobIndex, mustFinish: Bool
  ) -> Verdict {
    guard let latest = index.latest(name, of: userID, besides: id) else {
      if id.matches(name) { return .circular(reason: "it would wait for itself: no other job is named '\(name)'") }
      if index.isGone(name) {
        return mustFinish ? .never(reason: "cancelled because '\(name)' was removed") : .ready
      }
      return .waits(reason: "waits for '\(name)', which has not been submitted yet")
    }
    switch latest.standing {
    case .published, .state(.finished): return .ready
    case .rejected: return mustFinish ? .never(reason: "cancelled because \(latest.id) was rejected") : .ready
    case .arriving: return .waits(reason: "waits for \(latest.id), which is being accepted")
    case .state(let state) where state.isEnd:
      return mustFinish
        ? .never(reason: "cancelled because \(latest.id) \(state == .failed ? "failed" : "was cancelled")") : .ready
    case .state(let state): return .waits(reason: "waits for \(latest.id), which is \(state.rawValue)")
    }
  }
}
