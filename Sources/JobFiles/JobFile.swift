package import Documents

/// A job as its author wrote it: the given keys, each with its value and place.
///
/// A key that is not given has its default value, so `job.rho` always returns a value;
/// ``isGiven(_:)-(ParameterKey)`` distinguishes the two. Code uses the Swift names of keys; only the reader uses the names
/// in the file.
@dynamicMemberLookup
package struct JobFile: Sendable {
  /// The file name in messages.
  package let file: String
  private var values: [String: any ParameterValue]
  private var locations: [String: SourceLocation]
  /// The values of the preset, which apply to keys that are not given.
  private var presetValues: [String: any ParameterValue] = [:]
  /// The kind of response for which the values of the preset were chosen; nil before the table is known.
  private var presetResponse: Preset.Response?
  /// Keys whose values deepspool has computed.
  private var computedKeys: Set<String> = []
  private var refusedKeys: Set<String> = []
  /// The dimensions of the grid, in the order of the file; empty for a job that trains a single model.
  package var hyperParameters: [HyperParameter] = []

  package init(file: String) {
    self.file = file
    values = [:]
    locations = [:]
  }

  package subscript<Value>(dynamicMember path: KeyPath<ParameterCatalogue, Parameter<Value>>) -> Value {
    value(ParameterCatalogue.shared[keyPath: path])
  }

  /// Returns the value of a row, given or default.
  func value<Value>(_ row: Parameter<Value>) -> Value {
    guard let given = values[row.key] ?? presetValues[row.key] else { return row.defaultValue }
    guard let value = given as? Value else { preconditionFailure("\(row.key) was given a \(type(of: given))") }
    return value
  }

  /// Whether H2O's code takes precedence over its reference page.
  ///
  /// Features that only the page describes are then rejected.
  package var followsH2O: Bool { self.compatibility == .h2o346 }

  /// Whether the job searches a grid.
  package var isGrid: Bool { !hyperParameters.isEmpty }

  /// The possible values of `job.priority`.
  package static let priorities = -1000...1000

  /// The given keys as a job file, for the record of one trained model.
  package var text: String {
    // Keys in blocks (job, grid) apply to the whole job, not to its models.
    ParameterCatalogue.shared.allRows.filter { isGiven($0) && !$0.key.contains(".") }
      .map { "\($0.key): \(text(of: $0))\n" }.joined()
  }

  // MARK: Given keys and their places

  /// Returns whether the author gave this key, even with its default value.
  package func isGiven(_ key: ParameterKey) -> Bool { isGiven(Self.row(key)) }

  package func isGiven(_ row: any ParameterRow) -> Bool { values[row.key] != nil }

  /// Returns whether the author gave this key, even with an invalid value.
  func isStated(_ key: ParameterKey) -> Bool { isGiven(key) || refusedKeys.contains(Self.row(key).key) }

  /// Records that the author gave this key an invalid value.
  mutating func refuse(_ row: any ParameterRow) { refusedKeys.insert(row.key) }

  /// Returns whether the author gave this key and no computed value has replaced it.
  package func isAsGiven(_ row: any ParameterRow) -> Bool { isGiven(row) && !computedKeys.contains(row.key) }

  /// Returns whether the preset provides the value of this key.
  package func isFromPreset(_ row: any ParameterRow) -> Bool { !isGiven(row) && presetValues[row.key] != nil }

  /// Returns the given value of a key whose values are words; nil if it is not given or has other values.
  func givenChoice(of row: any ParameterRow) -> (any ParameterChoice)? { values[row.key] as? any ParameterChoice }

  /// Returns the value of `row` as text: given, of the preset, or default.
  package func text(of row: any ParameterRow) -> String {
    (values[row.key] ?? presetValues[row.key])?.text ?? row.defaultText
  }

  /// Returns the place of the key, or the start of the file if the key is not given.
  package func location(of key: ParameterKey) -> SourceLocation { location(of: Self.row(key)) }

  package func location(of row: any ParameterRow) -> SourceLocation {
    locations[row.key] ?? SourceLocation(file: file, line: 1, column: 1)
  }

  /// Returns a fault at the place of `key`.
  ///
  /// - `message`: Continues a sentence that begins with the key.
  package func fault(_ key: ParameterKey, _ message: String) -> DocumentFault { fault(Self.row(key), message) }

  package func fault(_ row: any ParameterRow, _ message: String) -> DocumentFault {
    DocumentFault(at: location(of: row), "\(row.key) \(message)", key: row.key)
  }

  // MARK: Changing values

  /// Sets a value, for callers that build or change a job without a file.
  package mutating func give<Value>(_ value: Value, to key: KeyPath<ParameterCatalogue, Parameter<Value>>) {
    values[ParameterCatalogue.shared[keyPath: key].key] = value
  }

  /// Sets a value that ``ParameterRow/parse(_:)`` of the same row has returned.
  mutating func give(_ value: any ParameterValue, to row: any ParameterRow, at location: SourceLocation) {
    values[row.key] = value
    locations[row.key] = location
  }

  /// Replaces the author's value by one that deepspool has computed.
  package mutating func compute<Value>(_ value: Value, for key: KeyPath<ParameterCatalogue, Parameter<Value>>) {
    give(value, to: key)
    computedKeys.insert(ParameterCatalogue.shared[keyPath: key].key)
  }

  /// Gives keys that the author did not give the values of the preset, if there is one.
  ///
  /// `response`: The kind of response, once the table is known; some values depend on it.
  package mutating func applyPreset(for response: Preset.Response? = nil) {
    presetResponse = response
    reapplyPreset()
  }

  /// Chooses the values of the preset again, after given keys have changed.
  mutating func reapplyPreset() {
    presetValues = [:]
    guard let preset = self.preset, !followsH2O, !self.autoencoder, self.kind == .train else { return }
    presetValues = Preset.values(of: preset, for: self, response: presetResponse)
    guard preset == .best, hyperParameters.allSatisfy(\.isFromPreset) else { return }
    hyperParameters = Preset.search(for: self, response: presetResponse)
  }

  /// Whether `max_runtime_secs` limits the search of the preset, not each of its models.
  var limitsSearch: Bool {
    self.preset == .best && !isGiven(\.gridMaxRuntimeSecs) && !isGiven(\.gridMaxModels)
  }

  /// Removes what belongs to the search, so that the job is that of one of its models.
  ///
  /// The values of the preset are chosen again afterwards.
  mutating func leaveSearch() {
    if limitsSearch { withdraw(\.maxRuntimeSecs) }
    if self.preset == .best { give(.tabular, to: \.preset) }
    hyperParameters = []
    leaveRanks()
    for row in ParameterCatalogue.shared.allRows where row.group == .grid { withdraw(row) }
  }

  /// Removes a key, so that it has its default value again.
  package mutating func withdraw(_ key: ParameterKey) { withdraw(Self.row(key)) }

  package mutating func withdraw(_ row: any ParameterRow) {
    values[row.key] = nil
    locations[row.key] = nil
  }

  private static func row(_ key: ParameterKey) -> any ParameterRow { ParameterCatalogue.shared.row(key) }
}
