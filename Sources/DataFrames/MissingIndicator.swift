/// Inputs that mark missing numbers: `missing_indicators`.
///
/// They are 0 or 1 and, like the inputs of levels, not standardised. Divided by its deviation, a 1
/// that occurs in one row of a thousand would become 30.
enum MissingIndicator {
  /// The suffix of the input's name, after the name of the column.
  private static let suffix = ".missing"

  static func name(of column: String) -> String { column + suffix }

  /// Returns a column that is 1 in the rows where `column` has no value.
  static func column(for column: Column) -> Column {
    let rows = column.missing.rows
    return Column(
      name: name(of: column.name),
      values: .sparse(
        SparseNumbers(
          rows: rows.map(Int32.init), numbers: [Double](repeating: 1, count: rows.count), rowCount: column.rowCount)),
      missing: RowSet())
  }

  /// Returns the indicator for a table that lacks the column.
  ///
  /// - `isZero`: True if the numbers of absent columns count as zeros instead of missing.
  static func column(forAbsent name: String, isZero: Bool, rowCount: Int) -> Column {
    let values: Column.Values =
      isZero
      ? .sparse(SparseNumbers(rows: [], numbers: [], rowCount: rowCount))
      : .bytes([UInt8](repeating: 1, count: rowCount))
    return Column(name: self.name(of: name), values: values, missing: RowSet())
  }
}
