/// How predictions become metrics where there is more than one answer.
///
/// The defaults are what the names of the metrics say; the other answers are H2O 3.46's.
package struct MetricRules: Sendable, Hashable {
  /// What counts a row of the gains/lift table and of the quantile that is the delta of huber.
  package var rowCounting = RowCounting.weights
  /// What the log loss is the logarithm of.
  package var logLossOperand = LogLossOperand.probability
  /// What a row adds to the hit ratios.
  package var hitCounting = HitCounting.weights
  /// In which precision responses are compared with predictions.
  package var responsePrecision = ResponsePrecision.double
  /// From what the curves of two classes are made: their areas, thresholds and criteria.
  package var curve = Curve.exact

  package enum ResponsePrecision: Sendable {
    case double
    /// Rounded to single first, with a variance in one pass.
    case single
  }

  package enum Curve: Sendable {
    /// From every distinct score.
    case exact
    /// From at most 400 bins of scores.
    case bins
  }

  package enum HitCounting: Sendable {
    /// Its weight.
    case weights
    /// One if its class is the most probable, its weight if it is another of the first; the sum is divided by that of the
    /// weights all the same.
    case onesAtFirstRank
  }

  package enum LogLossOperand: Sendable {
    /// The probability of the right class.
    case probability
    /// One minus the error, which rounds probabilities below a millionth: 1e-12 has four digits left.
    case complementOfError
  }

  package init() {}
}
