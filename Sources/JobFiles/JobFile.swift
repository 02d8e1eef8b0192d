package import Documents

/// A job as its author wrote it: only the keys that were given, each with its value and place.
///
/// Missing keys answer with their default, so `job.rho` always has a value and ``isGiven(_:)-(ParameterKey)`` tells which
/// kind. Keys are named by their Swift names; only the reader goes by the words of the file.
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

  package init(file: String) {
    self.file = file
    values = [:]
    locations = [:]
  }

  package subscript<Value>(dynamicMember path: KeyPath<ParameterCatalogue, Parameter<Value>>) -> Value {
    let row = ParameterCatalogue.shared[keyPath: path]
    guard let given = values[row.key] else { return row.defaultValue }
    guard let value = given as? Value else { preconditionFailure("\(row.key) was given a \(type(of: given))") }
    return value
  }

  /// Whether H2O's code decides where its reference page says something else; what only the page has is refused then.
  package var followsH2O: Bool { self.compatibility == .h2o346 }

  /// Whether the job searches a grid.
  package var isGrid: Bool { !hyperParameters.isEmpty }

  /// The keys that were given, as a job file of their own: what one model of the job was trained with.
  package var text: String {
    // Blocks concern the whole job, not its models.
    ParameterCatalogue.shared.allRows.filter { isGiven($0) && !$0.key.contains(".") }
      .map { "\($0.key): \(text(of: $0))\n" }.joined()
  }

  // MARK: What was given, and where

  /// Whether the author gave this key (a value that equals the default counts).
  package func isGiven(_ key: ParameterKey) -> Bool { isGiven(Self.row(key)) }

  package func isGiven(_ row: any ParameterRow) -> Bool { values[row.key] != nil }

  /// Whether the author gave this key and nothing else has taken the place of its value.
  package func isAsGiven(_ row: any ParameterRow) -> Bool { isGiven(row) && !computedKeys.contains(row.key) }

  /// The value of `row` as text, given or default.
  package func text(of row: any ParameterRow) -> String { values[row.key]?.text ?? row.defaultText }

  /// Where the key stands, or the start of the file when it was not given.
  package func location(of key: ParameterKey) -> SourceLocation { location(of: Self.row(key)) }

  package func location(of row: any ParameterRow) -> SourceLocation {
    locations[row.key] ?? SourceLocation(file: file, line: 1, column: 1)
  }

  /// A fault at the place of `key`; the message goes on after its name.
  package func fault(_ key: ParameterKey, _ message: String) -> DocumentFault { fault(Self.row(key), message) }

  package func fault(_ row: any ParameterRow, _ message: String) -> DocumentFault {
    DocumentFault(at: location(of: row), "\(row.key) \(message)", key: row.key)
  }

  // MARK: Changing what was given

  /// Records a value, for callers that build or change a job without a file.
  package mutating func give<Value>(_ value: Value, to key: KeyPath<ParameterCatalogue, Parameter<Value>>) {
    values[ParameterCatalogue.shared[keyPath: key].key] = value
  }

  /// Records a value that ``ParameterRow/parse(_:)`` of the same row has made.
  mutating func give(_ value: any ParameterValue, to row: any ParameterRow, at location: SourceLocation) {
    values[row.key] = value
    locations[row.key] = location
  }

  /// Puts a value that deepspool has found itself in the place of what the author gave.
  package mutating func compute<Value>(_ value: Value, for key: KeyPath<ParameterCatalogue, Parameter<Value>>) {
    give(value, to: key)
    computedKeys.insert(ParameterCatalogue.shared[keyPath: key].key)
  }

  /// The job as if the key had not been given.
  package mutating func withdraw(_ key: ParameterKey) { withdraw(Self.row(key)) }

  package mutating func withdraw(_ row: any ParameterRow) {
    values[row.key] = nil
    locations[row.key] = nil
  }

  private static func row(_ key: ParameterKey) -> any ParameterRow { ParameterCatalogue.shared.row(key) }
}
