/// Inputs that say where a number is missing: `missing_indicators`.
///
/// 1 and 0 as they are, like the inputs of levels: divided by its deviation, the 1 of a gap in one row of a thousand would
/// become 30.
enum MissingIndicator {
  /// What is appended to the name of the column.
  private static let suffix = ".missing"

  static func name(of column: String) -> String { column + suffix }

  /// 1 in the rows where `column` has no value.
  static func column(for column: Column) -> Column {
    let rows = column.missing.rows
    return Column(
      name: name(of: column.name),
      values: .sparse(
        SparseNumbers(
          rows: rows.map(Int32.init), numbers: [Double](repeating: 1, count: rows.count), rowCount: column.rowCount)),
      missing: RowSet())
  }

  /// What stands for it in a table that lacks the column.
  ///
  /// - `isZero`: Whether the numbers of such a column count as zeros instead of missing.
  static func column(forAbsent name: String, isZero: Bool, rowCount: Int) -> Column {
    let values: Column.Values =
      isZero
      ? .sparse(SparseNumbers(rows: [], numbers: [], rowCount: rowCount))
      : .bytes([UInt8](repeating: 1, count: rowCount))
    return Column(name: self.name(of: name), values: values, missing: RowSet())
  }
}
