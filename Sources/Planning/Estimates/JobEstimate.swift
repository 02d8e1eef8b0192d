internal import DataFrames
package import JobFiles
internal import Wording

/// What a job will need of memory and disk, judged before it starts from rows, columns and layers.
///
/// The factors are measured (docs/development/Testing.md): tables and rows cost what their types say, for a moment twice;
/// a network exists several times over, as trained, as scored, as the best one and as a checkpoint that is written.
package struct JobEstimate: Sendable, Equatable {
  package let memoryBytes: Int
  package let diskBytes: Int
  /// `table 60000 x 785: 47 MB; ...`.
  package let explanation: String

  /// The program itself, its blocks of text, metrics and tables.
  private static let baseBytes = 60e6
  /// A table that is put together exists in parts and as a whole.
  private static let tableCopies = 2.0
  private static let tableShare = 1.2
  /// Copies of the network's state at the worst moment; 16 million weights with ADADELTA took 94 bytes each.
  private static let networkCopies = 8.0
  /// What a scoring adds to history, checkpoint and report; 9,660 scorings took 200 MB.
  private static let scoringBytes = 24e3
  /// A training with more scorings usually stops early; an estimate for all of them would keep it from starting.
  private static let maximumScorings = 10_000.0
  /// Checkpoint, the one that replaces it, the result with its continuation, exports.
  private static let diskCopies = 5.0
  private static let timedModels = 100.0
  private static let baseDiskBytes = 0.5e6
  /// Of a row of predictions.
  private static let predictedBytes = 64.0

  /// Looks at the beginning of the job's tables.
  ///
  /// - Parameters:
  ///   - job: What will run.
  ///   - threads: As for ``JobRequest``.
  ///   - followsLinks: As for ``JobRequest``.
  ///   - resolveFrame: Where its tables are.
  /// - Returns: What the job will need.
  /// - Throws: What is wrong with a table.
  package static func of(
    _ job: JobFile, threads: Int, followsLinks: Bool = true, resolveFrame: (String) throws -> String
  ) throws -> JobEstimate {
    var options = ReadOptions(job)
    options.followsLinks = followsLinks
    func table(_ names: TableNames?) throws -> FrameEstimate? {
      guard let names else { return nil }
      return try FrameEstimate.of(
        names.names.map { (path: try resolveFrame($0), name: $0) }, options: options)
    }
    guard job.kind == .train, let training = try table(job.trainingFrame) else {
      // Predictions stream through constant memory.
      let rowCount = try table(job.frame)?.rowCount ?? 0
      return JobEstimate(
        memory: baseBytes, disk: baseDiskBytes + predictedBytes * rowCount,
        explanation: "predictions of about \(text(rowCount)) rows")
    }
    return try JobEstimate(job, training: training, validation: try table(job.validationFrame), threads: threads)
  }

  private init(memory: Double, disk: Double, explanation: String) {
    memoryBytes = Self.clamped(memory)
    diskBytes = Self.clamped(disk)
    self.explanation = explanation
  }

  init(_ job: JobFile, training: FrameEstimate, validation: FrameEstimate?, threads: Int) throws(FrameError) {
    let shape = try NetworkEstimate.of(job, table: training)
    // The original table is scored beside the balanced one that is trained on.
    let scored = Compatibility(job).has(.balancedRowsAreMeasured) ? 0.0 : 1
    let repeated = job.balanceClasses ? max(1, job.maxAfterBalanceSize) + scored : 1
    let tables = training.bytes + (validation?.bytes ?? 0)
    let rows = shape.bytesPerRow * (training.rowCount * repeated + (validation?.rowCount ?? 0))
    let network = Self.networkCopies * shape.stateBytes * Double(Self.parallelModels(job, threads: threads))
    let models = Self.modelCount(job)
    let history = Self.scoringBytes * Self.scorings(job, rowCount: training.rowCount)
    self.init(
      memory: Self.baseBytes + max(Self.tableCopies * tables, tables + rows) * Self.tableShare + network + history,
      disk: Self.baseDiskBytes + Self.diskCopies * shape.stateBytes * (1 + (models - 1) / 2),
      explanation:
        "tables of about \(Self.text(training.rowCount + (validation?.rowCount ?? 0))) rows and "
        + "\(training.columns.count) columns: \(Self.bytesText(tables)); their rows as inputs: \(Self.bytesText(rows)); "
        + "a network of about \(Self.text(shape.weightCount)) weights: \(Self.bytesText(network))")
  }

  /// How often a model is scored that is scored after each iteration; others are scored so seldom that it costs nothing.
  private static func scorings(_ job: JobFile, rowCount: Double) -> Double {
    guard Compatibility(job).isReproducible(job) || job.scoreEachIteration else { return 0 }
    let iterationRows = job.trainSamplesPerIteration > 0 ? Double(job.trainSamplesPerIteration) : rowCount
    return min(maximumScorings, job.epochs * rowCount / max(1, iterationRows))
  }

  /// Models of a grid whose results are kept; as many as a search that ends by time usually has where nothing else bounds it.
  private static func modelCount(_ job: JobFile) -> Double {
    guard job.isGrid else { return 1 }
    let all = HyperParameter.combinationCount(job.hyperParameters.map(\.values.count))
    if job.gridMaxModels > 0 { return min(all, Double(job.gridMaxModels)) }
    return job.gridMaxRuntimeSecs > 0 || job.gridStoppingRounds > 0 ? min(all, timedModels) : all
  }

  /// Folds or models of a grid that are trained side by side.
  private static func parallelModels(_ job: JobFile, threads: Int) -> Int {
    let folds = job.nfolds > 1 ? min(job.nfolds, threads) : 1
    let grid = job.isGrid ? (job.gridParallelism == 0 ? threads : min(threads, job.gridParallelism)) : 1
    return max(1, folds, grid)
  }

  private static func clamped(_ bytes: Double) -> Int { bytes < 9e18 ? Int(bytes) : .max }
  private static func bytesText(_ bytes: Double) -> String { ByteText.of(clamped(bytes)) }
  private static func text(_ count: Double) -> String { String(clamped(count.rounded())) }
}
