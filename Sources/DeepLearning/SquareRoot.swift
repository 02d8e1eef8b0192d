/// The method of taking square roots.
package enum SquareRoot: Sendable, Codable {
  case exact
  /// H2O's bit-trick approximation, whose error is at most 4.5 %.
  case bitTrick

  func callAsFunction(_ x: Float) -> Float {
    switch self {
    case .exact: x.squareRoot()
    case .bitTrick: Elementary.approximateSquareRoot(x)
    }
  }

  func callAsFunction(_ x: Double) -> Double {
    switch self {
    case .exact: x.squareRoot()
    case .bitTrick: Elementary.approximateSquareRoot(x)
    }
  }

  /// Returns the square root of the ratio of two positive numbers.
  func ofRatio(_ numerator: Float, _ denominator: Float) -> Double {
    switch self {
    case .exact: Double((numerator / denominator).squareRoot())
    case .bitTrick:
      Double(Elementary.approximateSquareRoot(numerator) * Elementary.approximateInverseSquareRoot(denominator))
    }
  }
}
