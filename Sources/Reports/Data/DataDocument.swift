package import DataFrames
package import Documents

/// `data.json` and the output of `deepspool describe --json`.
package enum DataDocument {
  /// Returns the whole document of a result folder.
  static func of(_ tables: DescribedTables) -> JSONValue {
    .object([("training", object(tables.training)), ("validation", tables.validation.map(object) ?? .null)])
  }

  /// Returns the description of one table; what does not apply to it is null.
  package static func object(_ table: TableDescription) -> JSONValue {
    let layout = table.layout
    return .object([
      ("format", text(layout?.format.name)), ("encoding", text(layout?.encoding?.rawValue)),
      ("separator", text(layout?.separator.map(String.init))), ("decimal", text(layout?.decimalMark?.rawValue)),
      ("header", layout.map { .bool($0.hasHeader) } ?? .null), ("rows", .int(table.rowCount)),
      ("columns", .array(table.columns.map(object))), ("warnings", .array(table.warnings.map(JSONValue.string))),
    ])
  }

  private static func object(_ column: ColumnDescription) -> JSONValue {
    func value(_ number: KeyPath<ColumnDescription.Range, Double>) -> JSONValue {
      guard let value = column.range?[keyPath: number] else { return .null }
      return column.kind == .time ? .string(TimeText.iso(value)) : .number(value)
    }
    return .object([
      ("name", .string(column.name)), ("type", .string(column.kind.rawValue)), ("missing", .int(column.missingCount)),
      ("distinct", .int(column.distinctCount)),
      ("levels", column.levels.map { .array($0.map(JSONValue.string)) } ?? .null),
      ("minimum", value(\.minimum)), ("maximum", value(\.maximum)), ("mean", value(\.mean)),
      ("note", text(column.note)),
    ])
  }

  private static func text(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }
}
