internal import DataFrames
internal import DeepLearning
internal import JobFiles

/// The network of a job, as far as it can be told from the beginning of its table.
///
/// Encoding and topology are asked what they make of a table of that shape, so that they have no second description.
struct NetworkEstimate {
  private static let floatBytes = 4.0
  private static let doubleBytes = 8.0
  private static let targetBytes = 8.0
  /// A number that is not zero, and which it is.
  private static let entryBytes = 8.0
  /// Beyond this a network is refused anyway.
  private static let maximumInputs = 1e12

  /// Of all layers together.
  private(set) var weightCount: Double
  /// Of an encoded row.
  private(set) var bytesPerRow: Double
  /// Weights with the memories of the update rule.
  private(set) var stateBytes: Double

  /// The estimate for a job or, for a grid, for its largest network.
  ///
  /// - Throws: `FrameError` for a table that the job cannot be trained with.
  static func of(_ job: JobFile, table: FrameEstimate) throws(FrameError) -> NetworkEstimate {
    guard job.isGrid else { return try NetworkEstimate(job, table: table) }
    var place = job.hyperParameters.map { _ in 0 }
    var result = try NetworkEstimate(job.combination(place), table: table)
    for (dimension, parameter) in job.hyperParameters.enumerated() {
      var largest = result.stateBytes
      for index in parameter.values.indices.dropFirst() {
        var candidate = place
        candidate[dimension] = index
        // A combination that cannot be trained needs nothing.
        guard let estimate = try? NetworkEstimate(job.combination(candidate), table: table) else { continue }
        if estimate.stateBytes > largest { (place[dimension], largest) = (index, estimate.stateBytes) }
        result = result.merged(estimate)
      }
    }
    return result
  }

  private init(_ job: JobFile, table: FrameEstimate) throws(FrameError) {
    let planner = TrainingPlanner(job, Compatibility(job))
    let roles = job.columnsWithRoles
    let sketch = TableSketch(table, named: roles.union(job.ignoredColumns), roles: roles)
    let encoding = try planner.encodingBuilder.build(sketch.frame, response: job.responseColumn).0
    let inputs = sketch.inputs(encoding, limit: encoding.hash?.slots ?? job.maxCategoricalFeatures)
    var outputs = 1.0
    if job.responseColumn == nil { outputs = inputs.categorical + inputs.numeric }
    if case .categorical(let count) = table.columns.first(where: { $0.name == job.responseColumn })?.kind {
      outputs = count
    }
    let topology = planner.topology(
      encoding, inputs: Int(min(Self.maximumInputs, inputs.categorical + inputs.numeric)),
      outputs: Int(min(Self.maximumInputs, outputs)))
    weightCount = Double(topology.parameterCount)
    stateBytes = weightCount * Self.floatBytes * Double(1 + planner.updateRule.memoriesPerWeight)
    bytesPerRow = Self.bytesPerRow(job, table, roles: roles, encoding: encoding, numbers: inputs.numeric)
  }

  /// A row as inputs: a unit per categorical column, and its numbers as the engine takes them.
  private static func bytesPerRow(
    _ job: JobFile, _ table: FrameEstimate, roles: Set<String>, encoding: RowEncoding, numbers: Double
  ) -> Double {
    let fixed = targetBytes + floatBytes * Double(encoding.categoricals.count)
    guard !Compatibility(job).has(.mixedPrecision) else { return fixed + doubleBytes * numbers }
    var (allBytes, active) = (true, 0.0)
    for column in table.columns where !roles.contains(column.name) && !job.ignoredColumns.contains(column.name) {
      switch column.kind {
      case .number(let isByte):
        active += 1
        allBytes = allBytes && isByte
      case .sparse(let share):
        active += share
        allBytes = false
      case .categorical, .text: break
      }
    }
    return fixed
      + min((allBytes ? 1 : floatBytes) * numbers, job.sparse ? entryBytes * active : .infinity)
  }

  /// The larger of both, figure by figure.
  private func merged(_ other: NetworkEstimate) -> NetworkEstimate {
    var result = self
    result.weightCount = max(weightCount, other.weightCount)
    result.bytesPerRow = max(bytesPerRow, other.bytesPerRow)
    result.stateBytes = max(stateBytes, other.stateBytes)
    return result
  }
}
