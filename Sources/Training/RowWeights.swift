internal import DataFrames

/// What the weights of a training table mean for its epochs.
struct RowWeights: Sendable {
  /// Rows that are one epoch; weights of 0 and 1 leave rows out.
  let epochRows: Int
  /// Neither constant nor 0 and 1: H2O draws rows by such weights.
  let isFractional: Bool
  /// Whether there are no weights but 0 and 1.
  let selectsRows: Bool

  /// - `column`: Name of the weights column, which has been checked; nil for none.
  init(_ frame: Frame, column name: String?) {
    guard let name, let column = frame.column(named: name) else {
      (epochRows, isFractional, selectsRows) = (frame.rowCount, false, true)
      return
    }
    let statistics = ColumnStatistics(column)
    selectsRows = (0..<column.rowCount).allSatisfy { [0, 1].contains(column.number(at: $0)) }
    let isConstant = statistics.minimum == statistics.maximum
    let leavesOut = selectsRows && statistics.minimum == 0 && statistics.maximum == 1
    epochRows = leavesOut ? Int((Double(frame.rowCount) * statistics.mean).rounded()) : frame.rowCount
    isFractional = !isConstant && !selectsRows
  }
}
