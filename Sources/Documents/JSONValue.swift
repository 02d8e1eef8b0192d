internal import Wording

/// A JSON value that prints its keys in the given order, so that files can be compared line by line.
package enum JSONValue: Sendable {
  case null
  case bool(Bool)
  case int(Int)
  /// NaN and infinities, which JSON lacks, print as null.
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([(String, JSONValue)])

  /// The value on one line.
  package var line: String {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .int(let value): String(value)
    case .number(let value): value.isFinite ? NumberText.shortest(value) : "null"
    case .string(let text): DocumentText.quoted(text)
    case .array(let values): "[" + values.map(\.line).joined(separator: ", ") + "]"
    case .object(let entries):
      "{" + entries.map { "\(DocumentText.quoted($0.0)): \($0.1.line)" }.joined(separator: ", ") + "}"
    }
  }

  /// Returns the value with objects spread over lines, two blanks per level; lists of scalars stay on one line.
  package func pretty(indent: Int = 0) -> String {
    let inner = String(repeating: " ", count: indent + 2)
    let outer = String(repeating: " ", count: indent)
    switch self {
    case .object(let entries) where !entries.isEmpty:
      let lines = entries.map { "\(inner)\(DocumentText.quoted($0.0)): \($0.1.pretty(indent: indent + 2))" }
      return "{\n" + lines.joined(separator: ",\n") + "\n\(outer)}"
    case .array(let values) where values.contains(where: \.isNested):
      return "[\n" + values.map { inner + $0.pretty(indent: indent + 2) }.joined(separator: ",\n") + "\n\(outer)]"
    default: return line
    }
  }

  private var isNested: Bool {
    switch self {
    case .array, .object: true
    case .null, .bool, .int, .number, .string: false
    }
  }
}
