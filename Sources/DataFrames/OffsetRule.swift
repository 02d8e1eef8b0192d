package import JobFiles

/// What an offset adds to the linear output of a network.
///
/// In link space, as the reference page says; or as H2O does it (behavioural notes, section 5.6), where it takes the
/// place of the mean of the response and counts only if it is above 0.
package struct OffsetRule: Sendable {
  private let subtract: Double
  private let multiply: Double
  private let mustBePositive: Bool

  package init(_ response: ResponseEncoding, quirks: H2OQuirks) {
    mustBePositive = quirks.contains(.offsetsMustBePositive)
    switch response {
    case .classes, .none: (subtract, multiply) = (0, 1)
    case .number(_, let subtract, let multiply): (self.subtract, self.multiply) = (subtract, multiply)
    }
  }

  /// The summand for an offset in the units of its column.
  package func outputOffset(_ offset: Double) -> Double {
    guard mustBePositive else { return offset * multiply }
    return offset > 0 ? (offset - subtract) * multiply : 0
  }
}
