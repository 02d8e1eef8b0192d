/// An order to a job: a file in `control/ORDER` named after the job's identifier, name or number.
package enum SpoolOrder: String, Sendable, CaseIterable {
  case cancel
  case hold
  case release
  /// Ends a running job now and publishes the best model so far.
  case finish
  case retry

  /// The state change of a job that is not running; nil if the order applies to running jobs only.
  var event: JobState.Event? {
    switch self {
    case .cancel: .cancel
    case .hold: .hold
    case .release: .release
    case .retry: .retry
    case .finish: nil
    }
  }

  /// Whether the order applies to running jobs.
  package var isForRunningJobs: Bool { self == .cancel || self == .finish }

  /// Returns whether the order applies to a job in this state.
  package func applies(to state: JobState) -> Bool {
    if state == .running { return isForRunningJobs }
    return event.map { (try? state.applying($0)) != nil } ?? false
  }

  /// The past participle for messages, such as `cancelled`.
  package var participle: String {
    switch self {
    case .cancel: "cancelled"
    case .hold: "held"
    case .release: "released"
    case .finish: "finished early"
    case .retry: "retried"
    }
  }
}
