/// What can be asked of a job by a file in `control/ORDER` that bears its identifier, name or number.
package enum SpoolOrder: String, Sendable, CaseIterable {
  case cancel
  case hold
  case release
  /// End a running job now and publish the best model so far.
  case finish
  case retry

  /// The transition of a job that does not run; nil where the order is for running jobs only.
  var event: JobState.Event? {
    switch self {
    case .cancel: .cancel
    case .hold: .hold
    case .release: .release
    case .retry: .retry
    case .finish: nil
    }
  }

  /// Whether running jobs can be asked for it.
  package var isForRunningJobs: Bool { self == .cancel || self == .finish }

  /// Whether a job in this state can be asked for it.
  package func applies(to state: JobState) -> Bool {
    if state == .running { return isForRunningJobs }
    return event.map { (try? state.applying($0)) != nil } ?? false
  }

  /// `cancelled`, for messages.
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
