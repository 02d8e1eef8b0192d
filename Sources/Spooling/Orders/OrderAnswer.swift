/// The reason for which an order is not obeyed.
package struct OrderAnswer: Error, Sendable, Equatable, CustomStringConvertible {
  package enum Kind: String, Sendable {
    /// The order applies to no job.
    case ignored
    /// The user may not give the order.
    case refused
  }

  package let kind: Kind
  package let order: SpoolOrder
  /// The name of the order's file.
  package let name: String
  /// The job, if the name means one.
  package let id: JobIdentifier?
  /// Nil if the order has no owner that counts.
  package let giver: OrderGiver?
  package let reason: String

  package init(
    _ kind: Kind, _ order: SpoolOrder, _ name: String, _ id: JobIdentifier? = nil, by giver: OrderGiver? = nil,
    reason: String
  ) {
    self.kind = kind
    self.order = order
    self.name = name
    self.id = id
    self.giver = giver
    self.reason = reason
  }

  package var description: String {
    let by = giver.map { " by \($0.title)" } ?? ""
    return "order '\(order.rawValue)' for '\(name)'\(by) \(kind.rawValue): \(reason)"
  }
}
