internal import Documents

extension NumberRange {
  /// The keys of a range in a job file.
  static let keys = ["from", "to", "log", "int"]

  /// Reads the range of a parameter, `{from: 1e-4, to: 1e-1, log: true}`.
  ///
  /// - `suggestions`: Suggests keys for misspelt ones.
  /// - Throws: ``ValueFault`` for a parameter that is not a number, an unknown key, or an end that is missing, is not a
  ///   value of the parameter, or is on the wrong side of the other.
  /// - Returns: The range, and the values at its ends.
  static func parse(
    _ entries: [(key: DocumentKey, value: DocumentNode)], at location: SourceLocation, of row: any ParameterRow,
    _ suggestions: inout KeySuggestions
  ) throws(ValueFault) -> (range: NumberRange, ends: [any ParameterValue]) {
    guard row is Parameter<Int> || row is Parameter<Double> else {
      throw ValueFault(at: location, "must be a list of values; a range is for parameters that are one number")
    }
    var nodes: [String: DocumentNode] = [:]
    for (key, node) in entries {
      guard keys.contains(key.name) else {
        let hint = suggestions.hint(for: key.name, otherNames: ["min": "from", "max": "to", "integer": "int"]) { keys }
        throw ValueFault(
          at: key.location, "unknown key '\(key.name.prefix(40))' of a range\(hint); its keys are from, to, log and int"
        )
      }
      nodes[key.name] = node
    }
    guard let first = nodes["from"], let last = nodes["to"] else {
      throw ValueFault(at: location, "a range needs from and to, as in {from: 0.001, to: 0.1, log: true}")
    }
    let ends = [try row.parse(first), try row.parse(last)]
    let (from, to) = (try Double.parse(first), try Double.parse(last))
    let isLogarithmic = try nodes["log"].map { (node) throws(ValueFault) in try Bool.parse(node) } ?? false
    let isWhole = try nodes["int"].map { (node) throws(ValueFault) in try Bool.parse(node) } ?? (row is Parameter<Int>)
    guard from < to, to.isFinite else {
      throw ValueFault(at: last.location, "to must be above from (\(from.text)), found \(to.text)")
    }
    if isLogarithmic, from <= 0 {
      throw ValueFault(at: first.location, "from must be above 0 with log: true, found \(from.text)")
    }
    if row is Parameter<Int>, !isWhole {
      throw ValueFault(at: location, "int must be true: the parameter is a whole number")
    }
    if isWhole, from.rounded() != from || to.rounded() != to || max(abs(from), abs(to)) >= 0x1p53 {
      throw ValueFault(at: location, "from and to must be whole numbers below 2^53 with int: true")
    }
    return (NumberRange(from: from, to: to, isLogarithmic: isLogarithmic, isWhole: isWhole), ends)
  }
}
