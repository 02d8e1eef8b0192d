package import DataFrames
internal import DeepLearning
package import Explanations
package import JobEvents
internal import JobFiles
package import Models
internal import Reports

/// Predicts a table of any length with a finished model, block by block.
package struct PredictionRun {
  /// The kind of output per row.
  package enum Wanted: Sendable, Equatable {
    /// Labels and probabilities, numbers, or reconstructions.
    case predictions
    /// The reconstruction error of each row.
    case anomaly
    /// The reconstruction error of each input.
    case anomalyPerFeature
    /// The outputs of a hidden layer, counted from 0.
    case deepFeatures(layer: Int)

    /// The output for the keys of a job or the flags of the command.
    package init(anomaly: Bool, perFeature: Bool, deepFeatures: Int?) {
      if let layer = deepFeatures {
        self = .deepFeatures(layer: layer)
      } else {
        self = perFeature ? .anomalyPerFeature : anomaly ? .anomaly : .predictions
      }
    }
  }

  /// The numbers of a completed prediction.
  package struct Summary: Sendable, Equatable {
    package var rowCount = 0
    /// The time of predicting alone, without reading, encoding and writing.
    package var predictionSeconds = 0.0
  }

  /// The maximum number of different warnings; a warning that repeats for many blocks is reported once.
  private static let maximumWarnings = 20

  /// A block of the table with its predictions.
  package struct Block {
    package let frame: Frame
    /// Row-major [rows x outputs].
    package let outputs: [Double]
  }

  /// The number of contributions that are computed together.
  private static let explainedValues = 1 << 18

  private let model: Model
  private let wanted: Wanted
  private let scorer: ModelScorer
  /// Computes the contributions of columns; nil for none.
  package var explainer: ContributionExplainer?
  /// Columns to read besides those of the model, with their types.
  package var furtherColumns: [String: ColumnType] = [:]

  /// - Throws: ``JobFailure`` if the model does not have the wanted output.
  package init(
    _ model: Model, _ wanted: Wanted, threads: Int, heartbeat: @escaping @Sendable () -> Void = {}
  ) throws(JobFailure) {
    self.model = model
    self.wanted = wanted
    scorer = ModelScorer(threads: threads, heartbeat: heartbeat)
    switch wanted {
    case .predictions: break
    case .anomaly, .anomalyPerFeature:
      guard model.objective.reconstructed != nil else {
        throw JobFailure(
          .job,
          "the reconstruction error needs an autoencoder; this model predicts '\(model.encoding.response.name ?? "")'")
      }
    case .deepFeatures(let layer):
      if let ensemble = model.ensemble {
        throw JobFailure(
          .job,
          "no hidden layer \(layer): the model averages \(ensemble.networkCount) networks, which have no common layers; "
            + "use one of the models of the search")
      }
      guard model.topology.hidden.indices.contains(layer) else {
        throw JobFailure(
          .job, "no hidden layer \(layer): the model has hidden layers 0 to \(model.topology.hidden.count - 1)")
      }
    }
  }

  /// Predicts the table that consists of all files in order, until it ends or `isStopped` returns true.
  ///
  /// - Parameters:
  ///   - files: The paths of files or folders, or `-`, each with its name for messages.
  ///   - options: The options for reading, as far as the model does not determine them.
  ///   - takesPipes: Whether a file may be a pipe, or `-` for standard input.
  ///   - isStopped: Called after each block.
  ///   - warn: Receives warnings about data that do not match the model.
  ///   - write: Receives the CSV text block by block, with its header first.
  ///   - takeContributions: Receives the contributions of successive rows, if there is an explainer.
  ///   - observe: Receives each block of predictions; not called for other outputs.
  /// - Returns: The summary; nil if stopped.
  /// - Throws: ``FrameError``, or an error of `write`.
  package func run(
    _ files: [(path: String, name: String)], options: ReadOptions, takesPipes: Bool = false,
    isStopped: () -> Bool = { false }, warn: (String) -> Void, write: (String) throws -> Void,
    takeContributions: (Contributions) throws -> Void = { _ in }, observe: (Block) -> Void = { _ in }
  ) throws -> Summary? {
    var options = model.readOptions(options)
    for (name, type) in furtherColumns where options.knownTypes[name] == nil {
      options.knownTypes[name] = type
      options.onlyColumns?.insert(name)
    }
    var summary = Summary()
    var said: Set<String> = []
    var hasHeader = false
    let parts = try files.flatMap { try FolderFiles.of($0.path, name: $0.name, options.opener) }
    for part in parts {
      let stream = try FrameStream(part.path, name: part.name, options: options, takesPipes: takesPipes)
      while let frame = try stream.next() {
        guard !isStopped() else { return nil }
        let (rows, warnings) = try model.encode(frame, isForPrediction: true)
        for warning in frame.warnings + warnings where said.count < Self.maximumWarnings {
          if said.insert(warning).inserted { warn(warning) }
        }
        let (table, outputs) = table(rows, &summary)
        if !hasHeader { try write(table.headerLine) }
        hasHeader = true
        try write(table.body)
        guard try explain(rows, first: summary.rowCount, &summary, isStopped, takeContributions) else { return nil }
        if let outputs { observe(Block(frame: frame, outputs: outputs)) }
        summary.rowCount += frame.rowCount
      }
    }
    return summary
  }

  /// Computes the contributions of a block, a part at a time; returns false if stopped.
  private func explain(
    _ rows: EncodedRows, first: Int, _ summary: inout Summary, _ isStopped: () -> Bool,
    _ take: (Contributions) throws -> Void
  ) throws -> Bool {
    guard let explainer else { return true }
    let values = model.topology.outputs * (model.encoding.categoricals.count + model.encoding.numerics.count + 1)
    let step = max(1, Self.explainedValues / values)
    // A table without rows has a header nevertheless.
    for start in stride(from: 0, to: max(1, rows.rowCount), by: step) {
      guard !isStopped() else { return false }
      let part = rows.selecting(Array(start..<min(start + step, rows.rowCount)))
      try take(timed(&summary) { explainer.contributions(part, first: first + start) })
    }
    return true
  }

  private func timed<Result>(_ summary: inout Summary, _ work: () -> Result) -> Result {
    let start = Clocks.monotonicSeconds()
    defer { summary.predictionSeconds += Clocks.monotonicSeconds() - start }
    return work()
  }

  /// Returns the table for the file, and the predictions if they are in it.
  private func table(_ rows: EncodedRows, _ summary: inout Summary) -> (CSVText, outputs: [Double]?) {
    switch wanted {
    case .predictions:
      let outputs = timed(&summary) { scorer.predict(model, rows) }
      return (PredictionTable.csv(model, outputs: outputs), outputs)
    case .anomaly:
      return (PredictionTable.anomaly(timed(&summary) { scorer.reconstructionErrors(model, rows) }), nil)
    case .anomalyPerFeature:
      let selection = Array(0..<rows.rowCount)
      return (
        PredictionTable.anomalyPerFeature(
          model,
          timed(&summary) {
            scorer.squaredErrors(model, rows, selection: selection, outputs: scorer.predict(model, rows))
          }), nil
      )
    case .deepFeatures(let layer):
      return (
        PredictionTable.deepFeatures(
          model, layer: layer, outputs: timed(&summary) { scorer.deepFeatures(model, rows, layer: layer) }), nil
      )
    }
  }
}
