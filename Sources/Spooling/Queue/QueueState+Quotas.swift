/// The quota of queued and held jobs of each submitter.
extension QueueState {
  /// Returns the reason for which a submitter may not queue another job; nil if there is none.
  func quotaFault(of submitter: Submitter) -> String? {
    guard let limit = limits.maximumQueuedPerSubmitter else { return nil }
    let count = queuedBySubmitter[submitter.userID]
    guard count >= limit else { return nil }
    return
      "\(submitter.title) has \(count) queued and held jobs; the limit is \(limit) (max_queued_jobs_per_submitter). "
      + "Wait until some have run, or cancel some with `deepspool cancel`, then submit the job again"
  }

  /// Counts a held job, which is in no phase, for its submitter.
  mutating func heldFound(_ id: JobIdentifier, _ submitterID: UInt32) -> [QueueEffect] {
    queuedBySubmitter.set(id, submitterID)
    return []
  }
}

extension QueueState.Phase {
  /// The submitter for whom the job counts as queued.
  var queuedSubmitterID: UInt32? {
    switch self {
    case .waiting(let brief), .blocked(let brief, _): brief.submitter.userID
    case .arriving, .unread, .running, .ending: nil
    }
  }
}
