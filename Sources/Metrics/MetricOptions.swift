/// What the user wants to know beyond the usual metrics.
package struct MetricOptions: Sendable {
  /// How the areas under the curves of several classes become one number; nil computes none.
  package var multinomialAUC: MultinomialAUC.Average?
  /// Groups of the gains/lift table; nil chooses them, 0 leaves the table out.
  package var gainsLiftGroups: Int?
  /// What counts a row of the gains/lift table and of the quantile that is the delta of huber.
  package var rowCounting: RowCounting
  /// What the log loss is the logarithm of.
  package var logLossOperand: LogLossOperand
  /// What a row adds to the hit ratios.
  package var hitCounting: HitCounting
  /// In which precision responses are compared with predictions.
  package var responsePrecision: ResponsePrecision
  /// From what the curves of two classes are made: their areas, thresholds and criteria.
  package var curve: Curve
  /// What decides from which probability on the label is class 1 of two.
  package var labelRule: LabelRule
  /// Up to which rank hit ratios are computed; at most the number of classes.
  package var hitRanks: Int
  /// A metric of the user's own.
  package var custom: CustomMetric?

  package enum ResponsePrecision: Sendable {
    case double
    /// Rounded to single first, with a variance in one pass, as in H2O.
    case single
  }

  package enum Curve: Sendable {
    /// From every distinct score.
    case exact
    /// From at most 400 bins of scores, as in H2O.
    case bins
  }

  package enum HitCounting: Sendable {
    /// Its weight.
    case weights
    /// One if its class is the most probable, its weight if it is another of the first, as in H2O, which divides by the
    /// sum of the weights all the same.
    case onesAtFirstRank
  }

  package enum LogLossOperand: Sendable {
    /// The probability of the right class.
    case probability
    /// One minus the error, as in H2O, which rounds probabilities below a millionth: 1e-12 has four digits left.
    case complementOfError
  }

  package init(
    multinomialAUC: MultinomialAUC.Average? = nil, gainsLiftGroups: Int? = nil,
    rowCounting: RowCounting = .weights, logLossOperand: LogLossOperand = .probability,
    hitCounting: HitCounting = .weights, responsePrecision: ResponsePrecision = .double, curve: Curve = .exact,
    labelRule: LabelRule = .largest(.f1), hitRanks: Int = 10, custom: CustomMetric? = nil
  ) {
    self.multinomialAUC = multinomialAUC
    self.gainsLiftGroups = gainsLiftGroups
    self.rowCounting = rowCounting
    self.logLossOperand = logLossOperand
    self.hitCounting = hitCounting
    self.responsePrecision = responsePrecision
    self.curve = curve
    self.labelRule = labelRule
    self.hitRanks = hitRanks
    self.custom = custom
  }

  var hasGainsLift: Bool { gainsLiftGroups != 0 }
}
