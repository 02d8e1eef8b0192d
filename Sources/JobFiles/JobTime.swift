package import Documents
internal import FoundationEssentials

/// A point in time in ISO 8601 with a time zone, as in 2026-11-24T14:30:00Z.
package struct JobTime: ParameterValue, Equatable {
  package static var typeName: String { "time such as 2026-11-24T14:30:00Z" }

  package let secondsSince1970: Double

  package init(secondsSince1970: Double) { self.secondsSince1970 = secondsSince1970 }

  package static func parse(_ node: DocumentNode) throws(ValueFault) -> JobTime {
    let text = try node.scalarText(expected: "a \(typeName)")
    guard let date = try? Date(text, strategy: .iso8601) else { throw ValueFault(node, expected: "a \(typeName)") }
    return JobTime(secondsSince1970: date.timeIntervalSince1970)
  }

  package var text: String { Date(timeIntervalSince1970: secondsSince1970).formatted(.iso8601) }
}
