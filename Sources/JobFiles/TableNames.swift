package import Documents

/// The files of one table: a name, or a list of names.
package struct TableNames: ParameterValue, Equatable {
  package static var typeName: String { "name or list of names" }

  package let names: [String]

  package init(_ names: [String]) { self.names = names }

  package static func parse(_ node: DocumentNode) throws(ValueFault) -> TableNames {
    let names = try [String].parse(node)
    guard !names.isEmpty else { throw ValueFault(node, expected: "at least one name") }
    for name in names { if let fault = foreignPath(name) { throw ValueFault(at: node.location, fault) } }
    return TableNames(names)
  }

  /// Returns the fault of a name that a shell or a browser would understand; nil for all others.
  private static func foreignPath(_ name: String) -> String? {
    let shown = name.prefix(80)
    if name.hasPrefix("~/") {
      return
        "'\(shown)' begins with '~', which only shells replace; write the whole path, such as /home/alice/\(name.dropFirst(2).prefix(40))"
    }
    guard let mark = name.firstRange(of: "://"), !mark.isEmpty, mark.lowerBound != name.startIndex,
      name[..<mark.lowerBound].allSatisfy({ $0.isLetter || $0.isNumber })
    else { return nil }
    return "'\(shown)' is an address on the network; download the table and name the file"
  }

  package var text: String { names.count == 1 ? names[0].text : names.text }

  /// The name of the table in messages.
  package var title: String { names.joined(separator: ", ") }
}
