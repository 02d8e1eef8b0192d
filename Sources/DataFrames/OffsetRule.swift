/// What an offset adds to the linear output of a network.
package struct OffsetRule: Sendable {
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

  /// The summand for an offset in the units of its column.
  package func outputOffset(_ offset: Double) -> Double {
    switch meaning {
    case .summand: offset * multiply
    case .meanIfPositive: offset > 0 ? (offset - subtract) * multiply : 0
    }
  }
}
