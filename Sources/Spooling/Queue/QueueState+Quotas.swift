internal import Wording

/// The quota of queued and held jobs of each submitter.
extension QueueState {
  /// Returns the reason for which a submitter may not queue another job; nil if there is none.
  ///
  /// `id`: The job, which does not count itself. `step`: What the user can do later.
  func quotaFault(of submitter: Submitter, for id: JobIdentifier, then step: String = "submit the job again") -> String?
  {
    guard let limit = limits.maximumQueuedPerSubmitter else { return nil }
    let isCounted = queuedBySubmitter.submitterID(of: id) == submitter.userID
    let count = queuedBySubmitter[submitter.userID] - (isCounted ? 1 : 0)
    guard count >= limit else { return nil }
    return
      "\(submitter.title) has \(NumberText.count(count, "queued or held job")); the limit is \(limit) (max_queued_jobs_per_submitter). "
      + "Wait until some have run, or cancel some with `deepspool cancel`, then \(step)"
  }

  /// Returns the reason for which an order may not queue a new job of the submitter of `target`.
  func quotaFault(_ given: GivenOrder, _ target: OrderTarget) -> String? {
    guard let userID = target.submitterID else { return nil }
    let name = given.giver.userID == userID ? given.giver.userName : nil
    return quotaFault(of: Submitter(userID: userID, userName: name), for: target.id, then: Self.orderAgain)
  }

  /// The step that follows if an order is not obeyed because of a quota.
  static let orderAgain = "give the order again"

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
