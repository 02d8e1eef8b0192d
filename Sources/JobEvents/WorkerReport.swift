/// What the process of a job tells its supervisor.
package enum WorkerReport: Sendable, Codable {
  case event(JobEvent)
  /// The job goes on: rows were trained or scored, tables read, or results written since the last report.
  case progress(JobPhase)
  /// The job was asked to finish early, but has no model yet that could be its result.
  case cannotFinish
  /// The last report.
  case ended(JobEnding)
}
