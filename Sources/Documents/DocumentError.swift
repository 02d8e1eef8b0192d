/// One fault of a text file, with its place, the rule it breaks and, in the message, how to repair it.
package struct DocumentFault: Hashable, Sendable, CustomStringConvertible {
  package let location: SourceLocation
  package let message: String
  /// The key that breaks the rule, as the file spells it; nil where the fault is about something else.
  package let key: String?

  package init(at location: SourceLocation, _ message: String, key: String? = nil) {
    self.location = location
    self.message = message
    self.key = key
  }

  /// `file:line:column: error: message`, the form that compilers use and editors understand.
  package var description: String { "\(location): error: \(message)" }
}

/// All faults of one file, in the order of the file.
package struct DocumentError: Error, Sendable, CustomStringConvertible {
  package let faults: [DocumentFault]

  package init(_ faults: [DocumentFault]) {
    self.faults = faults.sorted { ($0.location.line, $0.location.column) < ($1.location.line, $1.location.column) }
  }

  package var description: String { faults.map(\.description).joined(separator: "\n") }
}
