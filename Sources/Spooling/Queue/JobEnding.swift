extension JobQueue {
  /// The way in which a job ended.
  package enum Ending: Sendable, Equatable {
    /// The complete result is in the job's folder.
    case finished
    /// The job or its data is invalid.
    case rejected(reason: String)
    case failed(reason: String)
    /// The machine lacks space or memory; the daemon retries for a limited time.
    case putOff(reason: String)
    case cancelled(reason: String)
    /// The daemon stops before the job ends; the job resumes from its checkpoint after the next start.
    case interrupted
    /// The worker process crashed or made no progress; counts against the job.
    case crashed(reason: String)
    /// The worker process was killed from outside; does not count against the job.
    case killed(reason: String)

    /// Names the user who ordered a cancellation in its reason.
    func told(by giver: OrderGiver?) -> Ending {
      guard case .cancelled = self, let giver else { return self }
      return .cancelled(reason: "cancelled by \(giver.title) while running")
    }
  }
}
