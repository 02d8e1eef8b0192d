package import DataFrames
internal import DeepLearning
package import JobEvents
internal import JobFiles
package import Models
internal import Reports

/// Predicts a table of any length with a finished model, piece by piece.
package struct PredictionRun {
  /// What is wanted of each row.
  package enum Wanted: Sendable, Equatable {
    /// Labels and probabilities, numbers, or reconstructions.
    case predictions
    /// Reconstruction error of each row.
    case anomaly
    /// Reconstruction error of each input.
    case anomalyPerFeature
    /// Outputs of a hidden layer, from 0.
    case deepFeatures(layer: Int)

    /// What the keys of a job, or the flags of the command, ask for.
    package init(anomaly: Bool, perFeature: Bool, deepFeatures: Int?) {
      if let layer = deepFeatures {
        self = .deepFeatures(layer: layer)
      } else {
        self = perFeature ? .anomalyPerFeature : anomaly ? .anomaly : .predictions
      }
    }
  }

  /// What was done.
  package struct Summary: Sendable, Equatable {
    package var rowCount = 0
    /// Without reading, encoding and writing.
    package var predictionSeconds = 0.0
  }

  /// The same sentence about many pieces is said once, and no more than so many different ones.
  private static let maximumWarnings = 20

  private let model: Model
  private let wanted: Wanted
  private let scorer: ModelScorer

  /// - Throws: ``JobFailure`` if the model cannot give what is wanted.
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

  /// Predicts the table that the files make together, one after the other, until it ends or `isStopped` says so.
  ///
  /// - Parameters:
  ///   - files: Each a file, a folder, or `-`; and what messages call it.
  ///   - options: How they are read, where the model does not say it.
  ///   - takesPipes: Whether a file may be a pipe, or `-` for standard input.
  ///   - isStopped: Asked after each piece.
  ///   - warn: Takes sentences about what did not fit.
  ///   - write: Takes the CSV text piece by piece, its header first.
  /// - Returns: Nil if stopped.
  /// - Throws: ``FrameError``, or what `write` throws.
  package func run(
    _ files: [(path: String, name: String)], options: ReadOptions, takesPipes: Bool = false,
    isStopped: () -> Bool = { false }, warn: (String) -> Void, write: (String) throws -> Void
  ) throws -> Summary? {
    let options = model.readOptions(options)
    var summary = Summary()
    var said: Set<String> = []
    let parts = try files.flatMap { try FolderFiles.of($0.path, name: $0.name) }
    for part in parts {
      let stream = try FrameStream(part.path, name: part.name, options: options, takesPipes: takesPipes)
      while let frame = try stream.next() {
        guard !isStopped() else { return nil }
        let (rows, warnings) = try model.encode(frame, isForPrediction: true)
        for warning in frame.warnings + warnings where said.count < Self.maximumWarnings {
          if said.insert(warning).inserted { warn(warning) }
        }
        let table = table(rows, &summary)
        if summary.rowCount == 0 { try write(table.headerLine) }
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
