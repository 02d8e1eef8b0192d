package import Documents
package import JobFiles

/// The maximum number of running jobs per group: `groups`.
package struct GroupLimits: ParameterValue, Equatable {
  package static var typeName: String { "block of names, each with a number of jobs" }

  package let counts: [String: Int]

  package static func parse(_ node: DocumentNode) throws(ValueFault) -> GroupLimits {
    guard case .mapping(let entries) = node.content else { throw ValueFault(node, expected: "a \(typeName)") }
    var counts: [String: Int] = [:]
    for (key, value) in entries {
      guard !key.name.isEmpty else { throw ValueFault(at: key.location, "a group name is empty") }
      let count = try Int.parse(value)
      let limit = DaemonConfiguration.maximumCount
      guard (1...limit).contains(count) else {
        throw ValueFault(at: value.location, "must be between 1 and \(limit), found \(count)")
      }
      counts[key.name] = count
    }
    return GroupLimits(counts: counts)
  }

  package var text: String { counts.text }
}
