/// The catalogue of all job file keys, one row each, grouped by topic.
///
/// The rows are stored properties of the group types. `parameters.rho` therefore has a static type, and reflection
/// provides the list of all rows, so that no key is written twice.
@dynamicMemberLookup
package struct ParameterCatalogue: Sendable {
  package static let shared = ParameterCatalogue()

  let data = DataParameters()
  let network = NetworkParameters()
  let objective = ObjectiveParameters()
  let training = TrainingParameters()
  let scoring = ScoringParameters()
  let validation = ValidationParameters()
  let output = OutputParameters()
  let holdOut = HoldOutParameters()
  let recipe = RecipeParameters()
  let explanation = ExplanationParameters()
  let grid = GridParameters()
  let prediction = PredictionParameters()
  let reading = ReadingParameters()
  let jobFile = JobFileParameters()

  /// H2O's training parameters, in the order of the groups.
  package let trainingRows: [any ParameterRow]
  /// The training parameters that H2O does not have; ``jobFileRows`` begins with them.
  package let ownTrainingRows: [any ParameterRow]
  /// The keys that H2O does not have: own training parameters, reading and running of the job file.
  package let jobFileRows: [any ParameterRow]
  /// The key for each name that other tools give it, in lower case.
  package let otherNames: [String: String]
  /// The key for each last part of a key in a block, as `priority` of `job.priority`, that is no key by itself.
  ///
  /// Of two blocks with the same part, the scheduling of the job counts.
  let keysWithoutBlock: [String: String]
  private let rowsByKey: [String: any ParameterRow]

  private init() {
    let groups: [Any] = [data, network, objective, training, scoring, validation, output]
    trainingRows = groups.flatMap(Self.rows(of:))
    ownTrainingRows = [holdOut, recipe, explanation].flatMap(Self.rows(of:))
    jobFileRows = ownTrainingRows + [grid, prediction, reading, jobFile].flatMap(Self.rows(of:))
    rowsByKey = Dictionary(uniqueKeysWithValues: (trainingRows + jobFileRows).map { ($0.key, $0) })
    otherNames = Dictionary(
      uniqueKeysWithValues: rowsByKey.values.flatMap { row in row.otherNames.map { ($0, row.key) } })
    let parts = rowsByKey.keys.compactMap { key in
      key.lastIndex(of: ".").map { (String(key[key.index(after: $0)...]), key) }
    }
    keysWithoutBlock = Dictionary(parts) { first, second in second.hasPrefix("job.") ? second : first }
      .filter { [rowsByKey] in rowsByKey[$0.key] == nil }
  }

  /// All rows, training parameters first.
  package var allRows: [any ParameterRow] { trainingRows + jobFileRows }

  /// Returns the row of `key`, if there is one.
  package func row(named key: String) -> (any ParameterRow)? { rowsByKey[key] }

  private static func rows(of group: Any) -> [any ParameterRow] {
    Mirror(reflecting: group).children.compactMap { $0.value as? any ParameterRow }
  }

  package subscript<Value>(dynamicMember path: KeyPath<PredictionParameters, Parameter<Value>>) -> Parameter<Value> {
    prediction[keyPath: path]
  }
  package subscript<Value>(dynamicMember path: KeyPath<DataParameters, Parameter<Value>>) -> Parameter<Value> {
    data[keyPath: path]
  }
  package subscript<Value>(dynamicMember path: KeyPath<NetworkParameters, Parameter<Value>>) -> Parameter<Value> {
    network[keyPath: path]
  }
  package subscript<Value>(dynamicMember path: KeyPath<ObjectiveParameters, Parameter<Value>>) -> Parameter<Value> {
    objective[keyPath: path]
  }
  package subscript<Value>(dynamicMember path: KeyPath<TrainingParameters, Parameter<Value>>) -> Parameter<Value> {
    training[keyPath: path]
  }
  package subscript<Value>(dynamicMember path: KeyPath<ScoringParameters, Parameter<Value>>) -> Parameter<Value> {
    scoring[keyPath: path]
  }
  package subscript<Value>(dynamicMember path: KeyPath<ValidationParameters, Parameter<Value>>) -> Parameter<Value> {
    validation[keyPath: path]
  }
  package subscript<Value>(dynamicMember path: KeyPath<OutputParameters, Parameter<Value>>) -> Parameter<Value> {
    output[keyPath: path]
  }
  package subscript<Value>(dynamicMember path: KeyPath<HoldOutParameters, Parameter<Value>>) -> Parameter<Value> {
    holdOut[keyPath: path]
  }
  package subscript<Value>(dynamicMember path: KeyPath<RecipeParameters, Parameter<Value>>) -> Parameter<Value> {
    recipe[keyPath: path]
  }
  package subscript<Value>(dynamicMember path: KeyPath<ExplanationParameters, Parameter<Value>>) -> Parameter<Value> {
    explanation[keyPath: path]
  }
  package subscript<Value>(dynamicMember path: KeyPath<GridParameters, Parameter<Value>>) -> Parameter<Value> {
    grid[keyPath: path]
  }
  package subscript<Value>(dynamicMember path: KeyPath<ReadingParameters, Parameter<Value>>) -> Parameter<Value> {
    reading[keyPath: path]
  }
  package subscript<Value>(dynamicMember path: KeyPath<JobFileParameters, Parameter<Value>>) -> Parameter<Value> {
    jobFile[keyPath: path]
  }
}
