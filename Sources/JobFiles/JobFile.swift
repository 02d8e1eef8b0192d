/// A job as its author wrote it: only the keys that were given, each with its value and place.
///
/// Missing keys answer with their default, so `job.rho` always has a value and ``isGiven(_:)`` tells which kind.
@dynamicMemberLookup
package struct JobFile: Sendable {
  /// The name that messages carry.
  package let file: String
  private var values: [String: any ParameterValue]
  private var locations: [String: SourceLocation]
  /// Keys whose values deepspool has found itself.
  private var computedKeys: Set<String> = []
  /// The dimensions of the grid, in the order given; empty for a job that trains a single model.
  package var hyperParameters: [HyperParameter] = []
  /// Quirks that are not in force although `compatibility` has them: no job file can say so, measurements of what each
  /// of them does can.
  package var quirksLeftOut: H2OQuirks = []

  package init(file: String) {
    self.file = file
    values = [:]
    locations = [:]
  }

  /// Whether the author gave this key (a value that equals the default counts).
  package func isGiven(_ key: String) -> Bool { values[key] != nil }

  /// Where the key stands, or the start of the file when it was not given.
  package func location(of key: String) -> SourceLocation {
    locations[key] ?? SourceLocation(file: file, line: 1, column: 1)
  }

  /// A fault at the place of `key`.
  package func fault(_ key: String, _ message: String) -> JobFileFault {
    JobFileFault(at: location(of: key), "\(key) \(message)")
  }

  package subscript<Value>(dynamicMember path: KeyPath<ParameterCatalogue, Parameter<Value>>) -> Value {
    let row = ParameterCatalogue.shared[keyPath: path]
    guard let given = values[row.key] else { return row.defaultValue }
    guard let value = given as? Value else { preconditionFailure("\(row.key) was given a \(type(of: given))") }
    return value
  }

  /// The value of `key` as text, given or default.
  package func text(of row: any ParameterRow) -> String { values[row.key]?.text ?? row.defaultText }

  /// Where the job follows H2O's code and not its reference page.
  package var quirks: H2OQuirks { H2OQuirks(self.compatibility).subtracting(quirksLeftOut) }

  /// Whether the job searches a grid.
  package var isGrid: Bool { !hyperParameters.isEmpty }

  /// The job as if the key had not been given.
  package mutating func withdraw(_ key: String) {
    values[key] = nil
    locations[key] = nil
  }

  /// The keys that were given, as a job file of their own: what one model of the job was trained with.
  package var text: String {
    let catalogue = ParameterCatalogue.shared
    // Blocks concern the whole job, not its models.
    return catalogue.allRows.map(\.key).filter { isGiven($0) && !$0.contains(".") }
      .map { "\($0): \(values[$0]?.text ?? "")\n" }.joined()
  }

  /// Whether the author gave this key and nothing else has taken the place of its value.
  package func isAsGiven(_ key: String) -> Bool { isGiven(key) && !computedKeys.contains(key) }

  /// Puts a value that deepspool has found itself in the place of what the author gave.
  package mutating func compute(_ value: any ParameterValue, for key: String) {
    give(value, to: key)
    computedKeys.insert(key)
  }

  /// Records a value; for ``JobFileReader`` and for callers that build a job without a file.
  package mutating func give(_ value: any ParameterValue, to key: String, at location: SourceLocation? = nil) {
    values[key] = value
    if let location { locations[key] = location }
  }
}
