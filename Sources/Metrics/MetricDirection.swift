/// Whether the larger or the smaller of two values of a metric is better.
package enum MetricDirection: Sendable {
  case moreIsBetter
  case lessIsBetter

  private static let rising: Set = ["AUC", "pr_auc", "Gini", "r2", "lift_top_group", "F1", "accuracy"]
  /// Counts and facts, of which no value is better, and what a job defines.
  private static let neutral: Set = [
    "nobs", "custom", "default_threshold", "residual_degrees_of_freedom", "null_degrees_of_freedom", "null_deviance",
  ]

  /// The direction of a metric by its name in metrics.json; nil if no value is better, or the job decides.
  package init?(ofMetric name: String) {
    guard !Self.neutral.contains(name) else { return nil }
    self = Self.rising.contains(name) ? .moreIsBetter : .lessIsBetter
  }

  /// Returns a number that is smaller for better values.
  package func loss(of value: Double) -> Double { self == .moreIsBetter ? -value : value }

  /// Returns the best of several values; nil for none.
  package func best(_ values: some Sequence<Double>) -> Double? {
    self == .moreIsBetter ? values.max() : values.min()
  }
}
