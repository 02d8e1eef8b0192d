/// The group that may read the results of a job.
package enum ResultsGroup: String, Sendable, Equatable, CaseIterable {
  /// The group of the service: everyone who may submit jobs can read all results.
  case service
  /// The group of the job file, if the service is a member of it.
  case submitter
}
