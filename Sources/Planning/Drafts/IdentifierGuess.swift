internal import DataFrames

/// Recognises columns that identify rows, from which nothing can be learnt about new rows.
enum IdentifierGuess {
  /// In shorter tables, measurements often differ in every row.
  private static let minimumRows = 20
  /// A larger share of different levels makes a column of words an identifier.
  private static let largestShare = 0.5
  private static let words: Set<String> = [
    "id", "ids", "uuid", "guid", "key", "index", "idx", "rownames", "rowid", "row", "nr", "no", "number", "nummer",
    "unnamed", "serial",
  ]

  /// Returns why numbers with a unit cannot be used as they are; nil for a column that can.
  ///
  /// A column that its name calls an identifier is one, whatever follows its numbers.
  ///
  /// `unit`: The units of the numbers.
  static func unitReason(_ column: ColumnDescription, rowCount: Int, unit: String) -> String? {
    guard !NameWords.of(column.name).contains(where: words.contains),
      reason(column, rowCount: rowCount, isCode: false) != nil
    else { return nil }
    return "numbers with a unit (\(unit)), \(column.distinctCount) different ones"
  }

  /// Returns the reason why a column identifies rows; nil if it does not.
  ///
  /// `isCode`: True if the numbers of the column are codes such as `01067`.
  static func reason(_ column: ColumnDescription, rowCount: Int, isCode: Bool) -> String? {
    let present = rowCount - column.missingCount
    switch column.kind {
    case .string: return "text, which is neither a number nor one of a few levels"
    case .enumeration,
      .int where isCode:
      guard present >= minimumRows, Double(column.distinctCount) > largestShare * Double(present) else { return nil }
      return "\(column.distinctCount) different values in \(present) rows"
    case .int:
      guard present >= minimumRows, column.distinctCount == present, let range = column.range else { return nil }
      if range.maximum - range.minimum + 1 == Double(present) { return "a number for each row" }
      return NameWords.of(column.name).contains(where: words.contains) ? "every row has its own value" : nil
    case .real, .time: return nil
    }
  }
}
