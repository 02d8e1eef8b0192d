/// A way to take square roots.
package enum SquareRoot: Sendable {
  case exact
  /// A shift of the bits, which is up to 4.5 % off.
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

  /// The root of a ratio of positive numbers.
  func ofRatio(_ numerator: Float, _ denominator: Float) -> Double {
    switch self {
    case .exact: Double((numerator / denominator).squareRoot())
    case .bitTrick:
      Double(Elementary.approximateSquareRoot(numerator) * Elementary.approximateInverseSquareRoot(denominator))
    }
  }
}
