/// How a job ended that did not fail.
package enum JobOutcome: Sendable, Codable {
  /// The result folder in the job's folder is complete and synced.
  case finished(JobEvent.FinishSummary)
  /// A checkpoint was left; the job goes on another time.
  case suspended
  case cancelled
}

/// How a job ended, as its process reports it.
package enum JobEnding: Sendable, Codable {
  case outcome(JobOutcome)
  case failure(JobFailure)
}
