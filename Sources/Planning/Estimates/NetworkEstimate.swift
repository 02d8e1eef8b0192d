internal import DataFrames
internal import DeepLearning
internal import JobFiles
internal import Models

/// The network of a job, as far as it can be told from the beginning of its table.
struct NetworkEstimate {
  private static let floatBytes = 4.0
  private static let targetBytes = 8.0
  /// A number that is not zero, and which it is.
  private static let entryBytes = 8.0

  /// Of all layers together.
  let weightCount: Double
  /// Of an encoded row.
  let bytesPerRow: Double
  /// Weights with the memories of the update rule.
  let stateBytes: Double

  init(_ job: JobFile, table: FrameEstimate) {
    let roles = Set(
      [job.responseColumn, job.weightsColumn, job.offsetColumn, job.foldColumn, job.groupColumn].compactMap { $0 }
        + job.ignoredColumns)
    var (numbers, categories, allBytes, levels) = (0.0, 0.0, true, 0.0)
    var active = 0.0
    for column in table.columns where !roles.contains(column.name) {
      switch column.kind {
      case .number(let isByte):
        numbers += 1
        active += 1
        allBytes = allBytes && isByte
      case .sparse(let share):
        numbers += 1
        active += share
        allBytes = false
      case .categorical(let levelCount):
        categories += 1
        // One unit stands for missing values.
        levels += Self.inputs(levelCount, job.categoricalEncoding) + 1
      case .text: break
      }
    }
    // Each may have gaps; the beginning of a table does not tell.
    if job.missingIndicators || job.triedValues(\.missingIndicators) != nil { numbers *= 2 }
    let inputs = numbers + min(levels, Double(max(1, job.maxCategoricalFeatures)))
    let isExact = Compatibility.networkRules(job.quirks).arithmetic == .mixedPrecision
    bytesPerRow =
      Self.targetBytes + Self.floatBytes * categories
      + (isExact
        ? 8 * numbers
        : min((allBytes ? 1 : Self.floatBytes) * numbers, job.sparse ? Self.entryBytes * active : .infinity))
    let response = table.columns.first { $0.name == job.responseColumn }
    var outputs = 1.0
    if job.autoencoder { outputs = inputs }
    if case .categorical(let count) = response?.kind { outputs = count }
    weightCount =
      Self.hiddenChoices(job).map { Self.weights(inputs, $0, outputs, isMaxout: Self.mayBeMaxout(job)) }.max() ?? 0
    let memories = job.adaptiveRate ? 2.0 : job.momentumStart > 0 || job.momentumStable > 0 ? 1 : 0
    let variesRule = job.triedValues(\.adaptiveRate) != nil
    stateBytes = weightCount * Self.floatBytes * (1 + (variesRule ? 2 : memories))
  }

  /// Units of a categorical column.
  private static func inputs(_ levelCount: Double, _ encoding: CategoricalEncodingChoice) -> Double {
    switch encoding {
    case .auto, .oneHotInternal, .oneHotExplicit, .enumeration: levelCount
    case .enumLimited: min(levelCount, 11)
    case .binary: 64
    case .labelEncoder, .sortByResponse, .eigen: 1
    }
  }

  private static func hiddenChoices(_ job: JobFile) -> [[Int]] {
    job.triedValues(\.hidden) ?? [job.hidden]
  }

  private static func mayBeMaxout(_ job: JobFile) -> Bool {
    (job.triedValues(\.activation) ?? [job.activation]).contains { $0 == .maxout || $0 == .maxoutWithDropout }
  }

  private static func weights(_ inputs: Double, _ hidden: [Int], _ outputs: Double, isMaxout: Bool) -> Double {
    var (sum, before) = (0.0, inputs)
    for units in hidden.map(Double.init) {
      sum += (before + 1) * units * (isMaxout ? 2 : 1)
      before = units
    }
    return sum + (before + 1) * outputs
  }
}
