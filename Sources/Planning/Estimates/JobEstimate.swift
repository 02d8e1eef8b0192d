package import DataFrames
package import JobFiles
internal import Wording

/// An estimate of the memory and disk space of a job, made before it starts from rows,
/// columns and layers.
///
/// The factors are measured (docs/development/Testing.md). Tables and rows cost as much as their
/// types, and for a moment twice that. A network exists in several copies: the trained, the scored
/// and the best one, and a checkpoint being written.
package struct JobEstimate: Sendable, Equatable {
  package let memoryBytes: Int
  package let diskBytes: Int
  /// What ``memoryBytes`` consists of.
  package let parts: [Part]
  /// Smaller networks for a job whose network needs most of the memory, the largest first.
  package private(set) var smallerNetworks: [SmallerNetwork] = []

  /// A part of the memory of a job.
  package struct Part: Sendable, Equatable {
    package let name: String
    package let bytes: Int
  }

  /// Hidden layers with fewer units than those of the job.
  package struct SmallerNetwork: Sendable, Equatable {
    package let hidden: [Int]
    /// The memory of the job with them.
    package let memoryBytes: Int

    /// Text such as `hidden: [500, 500]`, as a job file spells it.
    package var text: String { "hidden: \(hidden.text)" }
  }

  /// Returns a sentence about a smaller network with which the job needs at most `bytes`; nil if none is known.
  package func advice(within bytes: Int) -> String? {
    smallerNetworks.first { $0.memoryBytes <= bytes }.map {
      "with \($0.text) it would need about \(ByteText.of($0.memoryBytes))"
    }
  }

  /// Text for messages, whose figures add up to the whole: `program: 60 MB; tables (about 60000 rows, 785 columns):
  /// 47 MB; ...`.
  package var explanation: String { parts.map { "\($0.name): \(ByteText.of($0.bytes))" }.joined(separator: "; ") }

  /// Memory of the program itself, its text buffers, metrics and metric tables.
  ///
  /// Every job needs more.
  package static let baseBytes = 60_000_000
  /// Copies of a table while its parts are joined.
  private static let tableCopies = 2.0
  private static let tableShare = 1.2
  /// Copies of the network's state at the peak; 16 million weights with ADADELTA took 94 bytes each.
  private static let networkCopies = 8.0
  /// Memory that each scoring adds to history, checkpoint and report; 9,660 scorings took 200 MB.
  private static let scoringBytes = 24e3
  /// The maximum number of scorings that count.
  ///
  /// Longer trainings usually stop early, and counting all of their scorings would keep
  /// them from starting.
  private static let maximumScorings = 10_000.0
  /// Copies on disk: the checkpoint, its replacement, the result with its continuation, and exports.
  private static let diskCopies = 5.0
  private static let timedModels = 100.0
  private static let baseDiskBytes = 0.5e6
  /// Disk space of a row of predictions.
  private static let predictedBytes = 64.0

  /// Estimates a job from the beginning of its tables.
  ///
  /// - Parameters:
  ///   - job: The job.
  ///   - threads: The number of threads, as for ``JobRequest``.
  ///   - opener: How tables are opened, as for ``JobRequest``.
  ///   - resolveFrame: Returns the path of a table.
  /// - Returns: The estimate.
  /// - Throws: An error about a table.
  package static func of(
    _ job: JobFile, threads: Int, opener: TableOpener = .process, resolveFrame: (String) throws -> String
  ) throws -> JobEstimate {
    var options = ReadOptions(job)
    options.opener = opener
    func table(_ names: TableNames?) throws -> FrameEstimate? {
      guard let names else { return nil }
      return try FrameEstimate.of(
        names.names.map { (path: try resolveFrame($0), name: $0) }, options: options)
    }
    guard job.kind == .train, let training = try table(job.trainingFrame) else {
      // Predictions stream through a constant amount of memory.
      let rowCount = try table(job.frame)?.rowCount ?? 0
      return JobEstimate(
        memory: [("program, to predict about \(text(rowCount)) rows", Double(baseBytes))],
        disk: baseDiskBytes + predictedBytes * rowCount)
    }
    let validation = try table(job.validationFrame)
    var estimate = try JobEstimate(job, training: training, validation: validation, threads: threads)
    estimate.smallerNetworks = estimate.smaller(job) {
      try? JobEstimate($0, training: training, validation: validation, threads: threads)
    }
    return estimate
  }

  /// The part of the network, by the beginning of its name.
  private static let networkName = "network"

  /// Returns smaller networks, unless the network needs less than half of the memory or the layers vary.
  private func smaller(_ job: JobFile, _ estimate: (JobFile) -> JobEstimate?) -> [SmallerNetwork] {
    let network = parts.first { $0.name.hasPrefix(Self.networkName) }?.bytes ?? 0
    guard network > memoryBytes / 2, !job.hyperParameters.contains(where: { $0.row.key == "hidden" }) else { return [] }
    return SmallerSetting.steps(job.hidden).compactMap { hidden in
      var other = job
      other.give(hidden, to: \.hidden)
      return estimate(other).map { SmallerNetwork(hidden: hidden, memoryBytes: $0.memoryBytes) }
    }
  }

  private init(memory: [(name: String, bytes: Double)], disk: Double) {
    parts = memory.map { Part(name: $0.name, bytes: Self.clamped($0.bytes)) }
    memoryBytes = Self.clamped(memory.reduce(0) { $0 + $1.bytes })
    diskBytes = Self.clamped(disk)
  }

  init(_ job: JobFile, training: FrameEstimate, validation: FrameEstimate?, threads: Int) throws(FrameError) {
    let shape = try NetworkEstimate.of(job, table: training)
    // Training uses the balanced table; scoring may use the original one in addition.
    let scored = Compatibility(job).has(.balancedRowsAreMeasured) ? 0.0 : 1
    let repeated = job.balanceClasses ? max(1, job.maxAfterBalanceSize) + scored : 1
    let tables = training.bytes + (validation?.bytes ?? 0)
    var trained = training.rowCount * repeated
    var (loaded, disk) = (tables, 0.0)
    if job.keepsRowsApart(ranks: job.rankCount) {
      // Numbers and levels lie in files, while they are read in two; columns are in memory one per thread.
      disk = Self.tableCopies * tables
      loaded = Self.loadedBytes([training, validation].compactMap { $0 }, threads: threads)
      if Self.encodesPartsOnly(job, training) { trained = training.rowCount * Self.share(job) }
    }
    let outline = disk > 0 ? Self.outlineBytes * training.rowCount : 0
    let rows = shape.bytesPerRow * (trained + (validation?.rowCount ?? 0)) + outline
    let copies = Self.networkCopies * Double(Self.parallelModels(job, threads: threads)) + Self.averagedCopies(job)
    let network = copies * shape.stateBytes
    let models = Self.modelCount(job)
    let history = Self.scoringBytes * Self.scorings(job, rowCount: training.rowCount)
    let rowCount = Self.text(training.rowCount + (validation?.rowCount ?? 0))
    let tableName = "tables (about \(rowCount) rows, \(training.columns.count) columns)"
    // While tables are read, there are two copies of them, and no rows yet.
    let isReadingPeak = (Self.tableCopies - 1) * loaded > rows
    var parts: [(name: String, bytes: Double)] = [
      ("program", Double(Self.baseBytes)), (tableName, loaded * Self.tableShare),
      (
        isReadingPeak ? "second copy of the tables while they are read" : "encoded rows",
        max((Self.tableCopies - 1) * loaded, rows) * Self.tableShare
      ),
      ("\(Self.networkName) (about \(Self.text(shape.weightCount)) weights)", network),
    ]
    if history > 0 { parts.append(("history of scorings", history)) }
    self.init(
      memory: parts, disk: Self.baseDiskBytes + disk + Self.diskCopies * shape.stateBytes * (1 + (models - 1) / 2))
  }

  /// The bytes that rank 0 needs for each row that other ranks train: response, weight and order.
  private static let outlineBytes = 40.0

  /// Whether rank 0 encodes its own rows only, as `TrainingPlan.parted` and the sample of scored rows decide.
  private static func encodesPartsOnly(_ job: JobFile, _ training: FrameEstimate) -> Bool {
    !job.balanceClasses && !job.autoencoder && !job.sparse && job.scoreTrainingSamples > 0
      && Double(job.scoreTrainingSamples) < training.rowCount
  }

  /// Returns the share of the training rows that rank 0 has: those of its copies, and those held out.
  private static func share(_ job: JobFile) -> Double {
    job.validationFraction + (1 - job.validationFraction) / Double(job.rankCount)
  }

  /// Returns the memory of tables in files: texts and sparse columns, and as many other columns as there are threads.
  private static func loadedBytes(_ tables: [FrameEstimate], threads: Int) -> Double {
    tables.reduce(0) { bytes, table in
      var (kept, widest) = (0.0, 0.0)
      for column in table.columns {
        switch column.kind {
        case .text, .sparse: kept += column.bytesPerRow
        case .number, .categorical: widest = max(widest, column.bytesPerRow)
        }
      }
      return bytes + table.rowCount * (kept + widest * Double(max(1, threads)))
    }
  }

  /// Returns the number of scorings of a model that is scored after each iteration.
  ///
  /// Other models are scored so rarely that their scorings cost nothing.
  private static func scorings(_ job: JobFile, rowCount: Double) -> Double {
    guard Compatibility(job).isReproducible(job) || job.scoreEachIteration else { return 0 }
    let iterationRows = job.trainSamplesPerIteration > 0 ? Double(job.trainSamplesPerIteration) : rowCount
    return min(maximumScorings, job.epochs * rowCount / max(1, iterationRows))
  }

  /// Returns the number of models of a grid whose results are kept.
  ///
  /// A search bounded only by time or stopping rounds is assumed to train at most ``timedModels``.
  private static func modelCount(_ job: JobFile) -> Double {
    guard job.isGrid else { return 1 }
    let hasRange = job.hyperParameters.contains { $0.range != nil }
    let all = hasRange ? .infinity : HyperParameter.combinationCount(job.hyperParameters.map(\.values.count))
    if job.gridMaxModels > 0 { return min(all, Double(job.gridMaxModels)) }
    return job.gridMaxRuntimeSecs > 0 || job.gridStoppingRounds > 0 ? min(all, timedModels) : all
  }

  /// Returns the networks that rank 0 holds besides: its copies, the same again to send and to receive, and their mean.
  ///
  /// With elastic averaging it has the copies of all ranks for checkpoints, too.
  private static func averagedCopies(_ job: JobFile) -> Double {
    let sharesCopies = job.rankCount > 1 && (!job.spreadsModels || job.trainingShards >= job.rankCount)
    let copies = Double(sharesCopies ? max(job.trainingShards, job.rankCount) : job.trainingShards)
    guard copies > 1 else { return 0 }
    let own = sharesCopies ? (copies / Double(job.rankCount)).rounded(.up) : copies
    return (sharesCopies || job.elasticAveraging ? 3 * own + 1 : own) + (job.elasticAveraging ? 2 * copies : 0)
  }

  /// Returns the number of folds or grid models that train in parallel.
  private static func parallelModels(_ job: JobFile, threads: Int) -> Int {
    let folds = job.nfolds > 1 ? min(job.nfolds, threads) : 1
    let grid = job.isGrid ? job.gridParallelism.models(threads: threads) : 1
    return max(1, folds, grid)
  }

  private static func clamped(_ bytes: Double) -> Int { bytes < 9e18 ? Int(bytes) : .max }
  private static func text(_ count: Double) -> String { String(clamped(count.rounded())) }
}
