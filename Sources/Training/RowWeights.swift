internal import DataFrames

/// What the weights of a training table mean for its epochs.
struct RowWeights: Sendable {
  /// Rows that are one epoch; weights of 0 and 1 leave rows out.
  let epochRows: Int
  /// Neither constant nor 0 and 1: H2O draws rows by such weights.
  let isFractional: Bool

  /// - `column`: Name of the weights column, which has been checked; nil for none.
  init(_ frame: Frame, column name: String?) {
    guard let name, let column = frame.column(named: name) else {
      (epochRows, isFractional) = (frame.rowCount, false)
      return
    }
    let statistics = ColumnStatistics(column)
    let isZeroOne = (0..<column.rowCount).allSatisfy { [0, 1].contains(column.number(at: $0)) }
    let isConstant = statistics.minimum == statistics.maximum
    let selects = isZeroOne && statistics.minimum == 0 && statistics.maximum == 1
    epochRows = selects ? Int((Double(frame.rowCount) * statistics.mean).rounded()) : frame.rowCount
    isFractional = !isConstant && !isZeroOne
  }
}
