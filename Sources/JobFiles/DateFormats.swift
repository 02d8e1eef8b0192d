package import Documents

/// The value of `date_format`: one format for all times, or formats by column.
package struct DateFormats: ParameterValue, Equatable {
  package static var typeName: String { "text, or block of columns, each with text" }

  private static let maximumBytes = 64

  /// The format of columns without one of their own; nil to detect it.
  package let common: String?
  package let ofColumn: [String: String]

  package init(common: String? = nil, ofColumn: [String: String] = [:]) {
    self.common = common
    self.ofColumn = ofColumn
  }

  package static func parse(_ node: DocumentNode) throws(ValueFault) -> DateFormats {
    guard case .mapping(let entries) = node.content else { return DateFormats(common: try format(node)) }
    var formats: [String: String] = [:]
    for entry in entries { formats[entry.key.name] = try format(entry.value) }
    return DateFormats(ofColumn: formats)
  }

  /// Returns the format in `node`; the reader of the table knows the letters.
  private static func format(_ node: DocumentNode) throws(ValueFault) -> String {
    let text = try node.scalarText(expected: "a format such as dd.MM.yyyy")
    guard text.contains(where: \.isLetter), text.utf8.count <= maximumBytes else {
      throw ValueFault(
        at: node.location, "expected a format such as dd.MM.yyyy or yyyy-MM-dd HH:mm, found '\(text.prefix(60))'")
    }
    return text
  }

  package var text: String { common?.text ?? ofColumn.text }
}
