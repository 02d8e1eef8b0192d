/// The users who may read the folders of a job: its state, checkpoint and result.
package enum ResultsGroup: String, Sendable, Equatable, CaseIterable {
  /// The group of the service: everyone who may submit jobs can read all results.
  case service
  /// Nobody but the submitter and the service.
  case submitter
}
