/// The rules for computing metrics where there is a choice.
///
/// The defaults match the names of the metrics; the alternatives are those of H2O 3.46.
package struct MetricRules: Sendable, Hashable {
  /// The contribution of a row to the gains/lift table and to the quantile of the Huber delta.
  package var rowCounting = RowCounting.weights
  /// The operand of the logarithm in the log loss.
  package var logLossOperand = LogLossOperand.probability
  /// The contribution of a row to the hit ratios.
  package var hitCounting = HitCounting.weights
  /// The precision in which responses are compared with predictions.
  package var responsePrecision = ResponsePrecision.double
  /// The source of the curves of two classes, with their areas, thresholds and criteria.
  package var curve = Curve.exact

  package enum ResponsePrecision: Sendable {
    case double
    /// Rounded to single precision first, with a one-pass variance.
    case single
  }

  /// Whether rows of a single class have areas under curves, and decide between networks.
  package var oneClassDecides: Bool { curve == .bins }

  package enum Curve: Sendable {
    /// Every distinct score; rows of a single class have no areas and decide nothing.
    case exact
    /// At most 400 bins of scores; the area of rows of a single class is 1 or 0.
    case bins
  }

  package enum HitCounting: Sendable {
    /// The weight of the row.
    case weights
    /// One if the actual class is the most probable, the weight of the row for further ranks.
    ///
    /// The sum is divided by the total weight in both cases.
    case onesAtFirstRank
  }

  package enum LogLossOperand: Sendable {
    /// The probability of the actual class.
    case probability
    /// One minus the error, which loses digits of small probabilities: 1e-12 keeps four.
    case complementOfError
  }

  package init() {}
}
