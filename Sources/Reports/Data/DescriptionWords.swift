internal import Charts
internal import DataFrames
internal import Wording

/// The words for a description of a table, for terminals and pages.
enum DescriptionWords {
  /// Returns `csv, encoding UTF-8, separator ',', decimal '.', header`.
  static func layout(_ table: TableDescription) -> String {
    guard let layout = table.layout else { return "layout unknown" }
    var parts = [layout.format.name]
    if let encoding = layout.encoding { parts.append("encoding \(encoding.rawValue)") }
    if let separator = layout.separator { parts.append("separator \(Self.separator(separator))") }
    if let decimalMark = layout.decimalMark { parts.append("decimal '\(decimalMark.rawValue)'") }
    if layout.format.columnNames == .optional { parts.append(layout.hasHeader ? "header" : "no header") }
    return parts.joined(separator: ", ")
  }

  /// Returns `1,200 rows, 8 columns`.
  static func size(_ table: TableDescription) -> String {
    "\(NumberText.grouped(table.rowCount)) \(table.rowCount == 1 ? "row" : "rows"), "
      + "\(NumberText.grouped(table.columns.count)) \(table.columns.count == 1 ? "column" : "columns")"
  }

  /// Returns the range of numbers or times, or the first levels.
  static func values(_ column: ColumnDescription) -> String {
    if let levels = column.levels {
      return levels.map(\.onOneLine.listed).joined(separator: ", ") + (column.distinctCount > levels.count ? ", …" : "")
    }
    guard let range = column.range else { return "" }
    switch column.kind {
    case .time: return "\(TimeText.brief(range.minimum)) to \(TimeText.brief(range.maximum))"
    case .int, .real, .string, .enumeration:
      return "\(number(range.minimum)) to \(number(range.maximum)), mean \(ChartNumber.text(range.mean))"
    }
  }

  /// Returns whole numbers in full, others with four significant digits.
  private static func number(_ value: Double) -> String {
    value == value.rounded() ? NumberText.shortest(value) : ChartNumber.text(value)
  }

  private static func separator(_ separator: Character) -> String {
    switch separator {
    case "\t": "tab"
    case " ": "space"
    default: "'\(separator)'"
    }
  }
}
