internal import Spooling

/// An order whose file lies in the spool.
struct DroppedOrder {
  let job: SpoolJob
  let path: String
  /// The priority before the order; nil for other orders and if it is unknown.
  let earlierPriority: Int?
  /// The number of orders that the job had been given before.
  let earlierOrders: Int
  /// The highest number of a job before the order.
  let highestNumber: Int
  /// Whether the daemon obeys the caller, as far as the caller can see.
  let isByEntitled: Bool

  var id: JobIdentifier { job.id }

  /// The name of the rejected file, without extension; nil for a job.
  var rejectedStem: String? { if case .rejected(let stem) = job.standing { stem } else { nil } }
}
