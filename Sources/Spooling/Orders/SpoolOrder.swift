/// An order to a job: a file in `control/ORDER` named after the job's identifier, name or number.
package enum SpoolOrder: String, Sendable, CaseIterable {
  case cancel
  case hold
  case release
  /// Ends a running job now and publishes the best model so far.
  case finish
  case retry
  /// Changes the priority of a waiting job; the order's file holds the number.
  case priority
  /// Removes an ended job with its result.
  case remove
  /// Submits the file of an ended job again, as a new job.
  case rerun

  /// The state change of a job that is not running; nil if the order changes no state.
  var event: JobState.Event? {
    switch self {
    case .cancel: .cancel
    case .hold: .hold
    case .release: .release
    case .retry: .retry
    case .finish, .priority, .remove, .rerun: nil
    }
  }

  /// Returns whether the order applies to a job in this state.
  package func applies(to state: JobState) -> Bool {
    switch self {
    case .cancel, .hold, .release, .retry: event.map { (try? state.applying($0)) != nil } ?? false
    case .finish: state == .running
    case .priority: state == .queued || state == .held
    case .remove, .rerun: state.isEnd
    }
  }

  /// Returns whether a job in this state may be the effect of the order.
  package func isFulfilled(by state: JobState) -> Bool {
    switch self {
    case .cancel: state == .cancelled
    case .hold: state == .held
    case .release: state != .held
    case .finish: state == .finished
    case .retry: !state.isEnd
    case .priority, .remove, .rerun: false
    }
  }

  /// The past participle for messages, such as `cancelled`.
  package var participle: String {
    switch self {
    case .cancel: "cancelled"
    case .hold: "held"
    case .release: "released"
    case .finish: "finished early"
    case .retry: "retried"
    case .priority: "given another priority"
    case .remove: "removed"
    case .rerun: "run again"
    }
  }
}
