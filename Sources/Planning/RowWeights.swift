internal import DataFrames

/// The effect of the weights of a training table on its epochs.
struct RowWeights: Sendable {
  /// The share of the rows in an epoch; below 1 if all weights are 0 or 1, which select rows.
  private let trainedShare: Double
  /// Whether weights differ and are not all 0 or 1; H2O draws rows by such weights.
  let isFractional: Bool
  /// Whether all weights are 0 or 1.
  let selectsRows: Bool

  /// - `column`: The name of the weights column, already checked; nil for none.
  init(_ frame: Frame, column name: String?) {
    guard let name, let column = frame.column(named: name) else {
      (trainedShare, isFractional, selectsRows) = (1, false, true)
      return
    }
    let statistics = ColumnStatistics(column)
    selectsRows = (0..<column.rowCount).allSatisfy { [0, 1].contains(column.number(at: $0)) }
    let isConstant = statistics.minimum == statistics.maximum
    let leavesOut = selectsRows && statistics.minimum == 0 && statistics.maximum == 1
    trainedShare = leavesOut ? statistics.mean : 1
    isFractional = !isConstant && !selectsRows
  }

  /// Returns the number of rows per epoch.
  ///
  /// - `rowCount`: The number of rows of the training table after balancing; H2O computes the
  ///   share before it.
  func epochRows(rowCount: Int) -> Int { Int((Double(rowCount) * trainedShare).rounded()) }
}
