/// What the user wants to know beyond the usual metrics, and how they are computed.
package struct MetricOptions: Sendable {
  /// How the areas under the curves of several classes become one number; nil computes none.
  package var multinomialAUC: MultinomialAUC.Average?
  /// Groups of the gains/lift table; nil chooses them, 0 leaves the table out.
  package var gainsLiftGroups: Int?
  /// What decides from which probability on the label is class 1 of two.
  package var labelRule = LabelRule.largest(.f1)
  /// Up to which rank hit ratios are computed; at most the number of classes.
  package var hitRanks = 10
  /// A metric of the user's own.
  package var custom: CustomMetric?
  package var rules: MetricRules

  package init(_ rules: MetricRules = MetricRules()) { self.rules = rules }

  var hasGainsLift: Bool { gainsLiftGroups != 0 }
}
