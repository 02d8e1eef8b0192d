internal import DataFrames

extension Column {
  /// Whether the column has only 0, 1 and missing values.
  var isZeroOne: Bool {
    (0..<rowCount).allSatisfy { row in
      let value = number(at: row)
      return value.isNaN || value == 0 || value == 1
    }
  }
}
