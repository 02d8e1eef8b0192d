/// The rule that turns an offset into a summand of the network's linear output.
package struct OffsetRule: Sendable, Codable {
  private let subtract: Double
  private let multiply: Double
  private let meaning: OffsetMeaning

  package init(_ response: ResponseEncoding, meaning: OffsetMeaning) {
    self.meaning = meaning
    switch response {
    case .classes, .none: (subtract, multiply) = (0, 1)
    case .number(_, let subtract, let multiply): (self.subtract, self.multiply) = (subtract, multiply)
    }
  }

  /// Returns the summand for an offset in the units of its column.
  package func outputOffset(_ offset: Double) -> Double {
    switch meaning {
    case .summand: offset * multiply
    case .meanIfPositive: offset > 0 ? (offset - subtract) * multiply : 0
    }
  }
}
