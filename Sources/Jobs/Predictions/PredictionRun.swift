package import DataFrames
internal import DeepLearning
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

  private let model: Model
  private let wanted: Wanted
  private let scorer: ModelScorer

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
          .job, "anomaly needs an autoencoder; this model predicts '\(model.encoding.response.name ?? "")'")
      }
    case .deepFeatures(let layer):
      guard model.topology.hidden.indices.contains(layer) else {
        throw JobFailure(
          .job, "deep_features \(layer): the model has hidden layers 0 to \(model.topology.hidden.count - 1)")
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
  /// - Returns: The summary; nil if stopped.
  /// - Throws: ``FrameError``, or an error of `write`.
  package func run(
    _ files: [(path: String, name: String)], options: ReadOptions, takesPipes: Bool = false,
    isStopped: () -> Bool = { false }, warn: (String) -> Void, write: (String) throws -> Void
  ) throws -> Summary? {
    let options = model.readOptions(options)
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
        let table = table(rows, &summary)
        if !hasHeader { try write(table.headerLine) }
        hasHeader = true
        try write(table.body)
        summary.rowCount += frame.rowCount
      }
    }
    return summary
  }

  private func table(_ rows: EncodedRows, _ summary: inout Summary) -> CSVText {
    func timed<Result>(_ work: () -> Result) -> Result {
      let start = Clocks.monotonicSeconds()
      defer { summary.predictionSeconds += Clocks.monotonicSeconds() - start }
      return work()
    }
    switch wanted {
    case .predictions: return PredictionTable.csv(model, outputs: timed { scorer.predict(model, rows) })
    case .anomaly: return PredictionTable.anomaly(timed { scorer.reconstructionErrors(model, rows) })
    case .anomalyPerFeature:
      let selection = Array(0..<rows.rowCount)
      return PredictionTable.anomalyPerFeature(
        model,
        timed {
          scorer.squaredErrors(model, rows, selection: selection, outputs: scorer.predict(model, rows))
        })
    case .deepFeatures(let layer):
      return PredictionTable.deepFeatures(
        model, layer: layer, outputs: timed { scorer.deepFeatures(model, rows, layer: layer) })
    }
  }
}
