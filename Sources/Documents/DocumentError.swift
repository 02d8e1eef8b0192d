/// A fault in a text file, with its location and a message that states the violated rule and the remedy.
package struct DocumentFault: Hashable, Sendable, CustomStringConvertible {
  package let location: SourceLocation
  package let message: String
  /// The key that violates the rule, as spelled in the file; nil for faults of other kinds.
  package let key: String?

  package init(at location: SourceLocation, _ message: String, key: String? = nil) {
    self.location = location
    self.message = message
    self.key = key
  }

  /// `file:line:column: error: message`, the format of compilers, which editors recognise.
  package var description: String { "\(location): error: \(message)" }

  /// `file:line:column: warning: message`, for what need not be mended.
  package var warning: String { "\(location): warning: \(message)" }
}

/// All faults of a file, in the order of the file.
package struct DocumentError: Error, Sendable, CustomStringConvertible {
  package let faults: [DocumentFault]

  package init(_ faults: [DocumentFault]) {
    self.faults = faults.sorted { ($0.location.line, $0.location.column) < ($1.location.line, $1.location.column) }
  }

  package var description: String { faults.map(\.description).joined(separator: "\n") }
}
