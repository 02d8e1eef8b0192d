/// The requested metrics beyond the usual ones, and the rules to compute them.
package struct MetricOptions: Sendable {
  /// The average that combines the areas under the curves of several classes; nil computes none.
  package var multinomialAUC: MultinomialAUC.Average?
  /// The number of groups in the gains/lift table; nil chooses them, 0 omits the table.
  package var gainsLiftGroups: Int?
  /// The rule for the decision threshold of two classes.
  package var labelRule = LabelRule.largest(.f1)
  /// The highest rank of the hit ratios; limited by the number of classes.
  package var hitRanks = 10
  /// The user-defined metric.
  package var custom: CustomMetric?
  package var rules: MetricRules

  package init(_ rules: MetricRules = MetricRules()) { self.rules = rules }

  var hasGainsLift: Bool { gainsLiftGroups != 0 }
}
