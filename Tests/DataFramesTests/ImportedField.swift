import DataFrames
import Testing

/// A text that H2O has imported, and the resulting number; nil if H2O reads none.
struct ImportedField<Number: Decodable>: Decodable {
  let text: String
  let number: Number?

  init(from decoder: any Decoder) throws {
    var parts = try decoder.unkeyedContainer()
    text = try parts.decode(String.self)
    number = try parts.decodeNil() ? nil : parts.decode(Number.self)
  }
}

extension ImportedField {
  /// Returns a table with the fields in its first column, followed by three times as many `usual` fields.
  static func table(_ fields: [ImportedField], among usual: String) -> String {
    "a,b\n" + fields.map { "\($0.text),1\n" }.joined() + String(repeating: "\(usual),1\n", count: 3 * fields.count)
  }

  /// Reads the fields as one column under h2o-3.46 and compares the numbers.
  ///
  /// - `usual`: The value of most fields, which determines the type of the column.
  /// - `value`: Converts a number of the list.
  static func compare(_ fields: [ImportedField], among usual: String, value: (Number) -> Double?) throws {
    let column = try frame(table(fields, among: usual), job: "header: true\ncompatibility: h2o-3.46").columns[0]
    for (row, field) in fields.enumerated() {
      let found = column.missing.contains(row) ? nil : column.number(at: row)
      #expect(found == field.number.flatMap(value), "\(field.text)")
    }
  }
}
