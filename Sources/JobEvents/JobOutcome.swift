/// The outcome of a job that did not fail.
package enum JobOutcome: Sendable, Codable {
  /// The result folder in the job's folder is complete and durable.
  case finished(JobEvent.FinishSummary)
  /// A checkpoint was written; the job resumes later.
  case suspended
  case cancelled

  /// The name of ``suspended`` in events.
  package static let suspendedName = "suspended"
}

/// The ending of a job, as its worker reports it.
package enum JobEnding: Sendable, Codable {
  case outcome(JobOutcome)
  case failure(JobFailure)
}
