/// A report of a worker to its supervisor.
package enum WorkerReport: Sendable, Codable {
  case event(JobEvent)
  /// The job makes progress: since the last report it trained or scored rows, read tables or wrote results.
  case progress(JobPhase)
  /// The job cannot finish early, because it has no model yet that could be its result.
  case cannotFinish
  /// Other processes of the job, or their host, do not answer; all end now.
  case lostRanks
  case ended(JobEnding)
}
