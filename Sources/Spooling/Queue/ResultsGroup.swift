/// Whose group may read the results of a job.
package enum ResultsGroup: String, Sendable, Equatable, CaseIterable {
  /// The service's: all who may drop jobs read all results.
  case service
  /// That of the job file, as far as the service is in it.
  case submitter
}
