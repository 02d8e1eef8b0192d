/// The precision in which a network is trained and scored.
package enum Arithmetic: Sendable, Codable {
  /// Single precision throughout, vectorised; the order of summation suits vector registers.
  case singlePrecision
  /// Weights in single precision, all else in double precision, summed and rounded in H2O's order.
  case mixedPrecision

  /// The type that predicts in this arithmetic.
  package var scorer: any NetworkScorer.Type {
    switch self {
    case .singlePrecision: FastScorer.self
    case .mixedPrecision: ExactScorer.self
    }
  }
}
