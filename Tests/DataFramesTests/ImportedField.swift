import DataFrames
import Testing

/// A text that a real H2O has imported, and the number that it became there; nil where H2O sees none.
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
  /// A table with the fields in its first column, and three times as many `usual` ones below.
  static func table(_ fields: [ImportedField], among usual: String) -> String {
    "a,b\n" + fields.map { "\($0.text),1\n" }.joined() + String(repeating: "\(usual),1\n", count: 3 * fields.count)
  }

  /// Reads the fields as one column under h2o-3.46 and compares.
  ///
  /// - `usual`: What most fields of the column are, so that they decide its type.
  /// - `value`: The number as it stands in the list.
  static func compare(_ fields: [ImportedField], among usual: String, value: (Number) -> Double?) throws {
    let column = try frame(table(fields, among: usual), job: "header: true\ncompatibility: h2o-3.46").columns[0]
    for (row, field) in fields.enumerated() {
      let found = column.missing.contains(row) ? nil : column.number(at: row)
      #expect(found == field.number.flatMap(value), "\(field.text)")
    }
  }
}
