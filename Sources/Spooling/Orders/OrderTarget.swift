/// A job that an order may mean.
package struct OrderTarget: Sendable, Equatable {
  /// The place of the job in the spool.
  package enum Place: Sendable, Equatable {
    /// The job is being accepted.
    case claim
    case state(JobState)
    /// Only the result is left.
    case result
    /// The file was rejected.
    case rejected
  }

  package let id: JobIdentifier
  package let place: Place
  /// Nil if the submitter is unknown.
  package let submitterID: UInt32?
  /// Whether the job has run before, so that it continues from a checkpoint.
  package let hasCheckpoint: Bool
  /// Whether the job has recorded that it obeys the order.
  package let hasObeyed: Bool

  package init(
    _ id: JobIdentifier, _ place: Place, submitterID: UInt32?, hasCheckpoint: Bool = false, hasObeyed: Bool = false
  ) {
    self.id = id
    self.place = place
    self.submitterID = submitterID
    self.hasCheckpoint = hasCheckpoint
    self.hasObeyed = hasObeyed
  }

  private var isEnded: Bool {
    switch place {
    case .claim: false
    case .state(let state): state.isEnd
    case .result, .rejected: true
    }
  }

  /// Returns the job that a name means, among those that match it: the newest that has not ended, else the newest.
  package static func chosen(_ targets: [OrderTarget]) -> OrderTarget? {
    let open = targets.filter { !$0.isEnded }
    return (open.isEmpty ? targets : open).max { $0.id < $1.id }
  }
}
