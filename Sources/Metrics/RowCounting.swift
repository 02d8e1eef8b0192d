/// The contribution of a row to quantiles and to the gains/lift table.
package enum RowCounting: Sendable {
  /// The weight of the row.
  case weights
  /// Whole numbers, as in H2O.
  ///
  /// Sums of weights are truncated after each row, and rows without a label take part in the
  /// quantiles of the gains/lift table.
  case wholeNumbers
}
