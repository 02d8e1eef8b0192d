internal import DataFrames
internal import DeepLearning
internal import JobFiles

/// An estimate of a job's network from the beginning of its table.
///
/// It uses the real encoding and topology of a table of the same shape, so that their rules are not
/// duplicated here.
struct NetworkEstimate {
  private static let floatBytes = 4.0
  private static let doubleBytes = 8.0
  private static let targetBytes = 8.0
  /// Size of an entry of a sparse row: a non-zero number and its index.
  private static let entryBytes = 8.0
  /// A limit far above that of networks that can be trained.
  private static let maximumInputs = 1e12

  /// The number of weights and biases of all layers.
  private(set) var weightCount: Double
  /// The size of an encoded row.
  private(set) var bytesPerRow: Double
  /// The size of all weights and biases with the memories of the update rule.
  private(set) var stateBytes: Double

  /// Estimates the network of a job or, for a grid, its largest network.
  ///
  /// - Throws: `FrameError` if the job cannot be trained on the table.
  static func of(_ job: JobFile, table: FrameEstimate) throws(FrameError) -> NetworkEstimate {
    guard job.isGrid else { return try NetworkEstimate(job, table: table) }
    var place = job.hyperParameters.map { _ in 0 }
    var result = try NetworkEstimate(job.combination(place), table: table)
    for (dimension, parameter) in job.hyperParameters.enumerated() {
      var largest = result.stateBytes
      for index in parameter.values.indices.dropFirst() {
        var candidate = place
        candidate[dimension] = index
        // A combination that cannot be trained needs no memory.
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
    stateBytes = weightCount * Self.floatBytes * Double(1 + planner.updateRule(over: 0..<0).memoriesPerWeight)
    bytesPerRow = Self.bytesPerRow(job, table, roles: roles, encoding: encoding, numbers: inputs.numeric)
  }

  /// Returns the size of an encoded row: an index per categorical column, and numbers in the
  /// engine's format.
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

  /// Returns the element-wise maximum of two estimates.
  private func merged(_ other: NetworkEstimate) -> NetworkEstimate {
    var result = self
    result.weightCount = max(weightCount, other.weightCount)
    result.bytesPerRow = max(bytesPerRow, other.bytesPerRow)
    result.stateBytes = max(stateBytes, other.stateBytes)
    return result
  }
}
