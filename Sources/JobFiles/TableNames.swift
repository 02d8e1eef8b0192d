package import Documents

/// The files of one table: a name, or a list of names.
package struct TableNames: ParameterValue, Equatable {
  package static var typeName: String { "name or list of names" }

  package let names: [String]

  package init(_ names: [String]) { self.names = names }

  package static func parse(_ node: DocumentNode) throws(ValueFault) -> TableNames {
    let names = try [String].parse(node)
    guard !names.isEmpty else { throw ValueFault(node, expected: "at least one name") }
    return TableNames(names)
  }

  package var text: String { names.count == 1 ? names[0].text : names.text }

  /// The name of the table in messages.
  package var title: String { names.joined(separator: ", ") }
}
