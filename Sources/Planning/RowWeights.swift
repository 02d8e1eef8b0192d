internal import DataFrames

/// What the weights of a training table mean for its epochs.
struct RowWeights: Sendable {
  /// The share of the rows that an epoch trains; weights of 0 and 1 leave rows out.
  private let trainedShare: Double
  /// Neither constant nor 0 and 1: H2O draws rows by such weights.
  let isFractional: Bool
  /// Whether there are no weights but 0 and 1.
  let selectsRows: Bool

  /// - `column`: Name of the weights column, which has been checked; nil for none.
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

  /// Rows that are one epoch.
  ///
  /// `rowCount`: Of the table that is trained on, balanced or not: H2O takes the share before balancing.
  func epochRows(rowCount: Int) -> Int { Int((Double(rowCount) * trainedShare).rounded()) }
}
