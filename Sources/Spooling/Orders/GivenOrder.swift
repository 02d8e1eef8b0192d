/// An order that a user has given.
package struct GivenOrder: Sendable, Equatable {
  /// The kind of an order and the name of its file.
  package struct Key: Sendable, Hashable {
    package let order: SpoolOrder
    package let name: String

    package init(_ order: SpoolOrder, _ name: String) {
      self.order = order
      self.name = name
    }
  }

  package let key: Key
  package let giver: OrderGiver
  /// The number in the file of a `priority` order; nil for other orders.
  package let priority: Int?
  /// The time at which the order was given, in seconds since 1970.
  package let seconds: Double

  package init(_ order: SpoolOrder, _ name: String, by giver: OrderGiver, priority: Int? = nil, at seconds: Double = 0)
  {
    key = Key(order, name)
    self.giver = giver
    self.priority = priority
    self.seconds = seconds
  }

  package var order: SpoolOrder { key.order }

  /// The order in words, such as `cancel` or `priority 5`.
  package var text: String { priority.map { "\(order.rawValue) \($0)" } ?? order.rawValue }
}

/// The spelling of names in `control`.
package enum OrderName {
  private static let separator: Character = "@"

  /// Returns a name that no other user can have taken: a job's identifier with a random ending.
  package static func unique(_ id: JobIdentifier, _ random: String) -> String { "\(id)\(separator)\(random)" }

  /// Returns the job of a unique name; nil for other names.
  package static func job(_ name: String) -> JobIdentifier? {
    guard let end = name.lastIndex(of: separator) else { return nil }
    return JobIdentifier(String(name[..<end]))
  }
}
