/// What counts a row in quantiles and in the gains/lift table.
package enum RowCounting: Sendable {
  /// Its weight.
  case weights
  /// Whole numbers, as in H2O: sums of weights are cut down after each row, and rows without a label take part in the
  /// quantiles of the gains/lift table.
  case wholeNumbers
}
