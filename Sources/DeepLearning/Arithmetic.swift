/// The numbers in which a network is trained and scored.
package enum Arithmetic: Sendable {
  /// Everything in single precision, several numbers at a time; sums are formed in the order that suits vectors.
  case singlePrecision
  /// Weights in single, everything else in double precision, summed and rounded in H2O's order.
  case mixedPrecision

  /// The type that predicts in this arithmetic.
  package var scorer: any NetworkScorer.Type {
    switch self {
    case .singlePrecision: FastScorer.self
    case .mixedPrecision: ExactScorer.self
    }
  }
}
