/// The explanations of a model on rows of one table.
package struct ModelExplanations: Sendable {
  /// The metric of the importances.
  package let metric: String
  /// The value of the metric before any column is shuffled.
  package let metricValue: Double
  /// The number of rows with importances and errors.
  package let rowCount: Int
  /// The largest first; empty if the metric is undefined.
  package let importances: [PermutationImportance]
  /// The strongest columns first.
  package let dependences: [PartialDependence]
  package let errors: [ColumnErrors]
  /// The rows with contributions; nil if they are left out.
  package let contributions: ContributionSample?
  package let effort: ExplanationEffort

  package init(
    metric: String, metricValue: Double, rowCount: Int, importances: [PermutationImportance],
    dependences: [PartialDependence], errors: [ColumnErrors], contributions: ContributionSample?,
    effort: ExplanationEffort
  ) {
    self.metric = metric
    self.metricValue = metricValue
    self.rowCount = rowCount
    self.importances = importances
    self.dependences = dependences
    self.errors = errors
    self.contributions = contributions
    self.effort = effort
  }
}

/// The contributions to some rows, with the values of their columns.
package struct ContributionSample: Sendable {
  package let contributions: Contributions
  /// The numbers of the rows in their table, from 0.
  package let rows: [Int]
  /// The values of each column as text, by row; empty for missing values.
  package let texts: [[String]]
  /// The place of each value among those of its column, from 0 to 1; NaN for a missing value.
  ///
  /// Levels have the place of their order.
  package let places: [[Double]]
  package let backgroundRows: Int
  package let method: ContributionExplainer.Method
}
