internal import Spooling

/// What people are told after the daemon has obeyed an order, or while it has not.
struct OrderEffect {
  let order: SpoolOrder
  let id: JobIdentifier
  /// The state of the job when the order was given; nil for a rejected file.
  let earlier: JobState?
  /// The state now; nil for a rejected file, and for a job that is gone.
  let now: JobState?
  /// The priority before and the one that was ordered; nil for other orders.
  var priority: (before: Int?, ordered: Int)?
  /// The new job of a `rerun` order; nil for other orders and if it is unknown.
  var created: JobIdentifier?

  /// Text such as `000042-prostate: queued again`.
  var obeyed: String { "\(id): \(effect)" }

  /// Text for an order whose file waits in the spool.
  var requested: String { "\(id): \(order.rawValue) requested, not obeyed yet" }

  private var effect: String {
    switch order {
    case .cancel: now == .running ? "is being cancelled" : "cancelled"
    case .hold: "held until `deepspool release \(id)`"
    case .release: "released to the queue"
    case .finish:
      now == .running ? "ends its training now; its best model so far becomes the result" : "finished early"
    case .retry: "queued again"
    case .priority:
      priority.map { "priority \($0.ordered)" + ($0.before.map { ", was \($0)" } ?? "") } ?? "given another priority"
    case .remove:
      earlier == nil
        ? "the rejected file and its reason were removed" : earlier == .finished ? "removed with its result" : "removed"
    case .rerun: "submitted again as \(created.map { "\($0)" } ?? "a new job of the same name")"
    }
  }
}
