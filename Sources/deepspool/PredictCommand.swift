import ArgumentParser
internal import Artifacts
internal import DataFrames
internal import DeepLearning
internal import DurableFiles
internal import JobFiles
internal import JobRunning
internal import Scoring

/// Scores a table with a finished model.
struct PredictCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict", abstract: "Predicts every row of a table with a finished model.")

  @Option(help: "A result folder, its model folder, a model file, or a MOJO zip.")
  var model: String

  @Option(help: "The table to predict.")
  var frame: String

  @Option(help: "The CSV file to write; '-' is standard output.")
  var output = "-"

  @Option(help: "How the table is read: a job file whose column_types, na_strings and so on apply.")
  var readLike: String?

  @Flag(help: "Autoencoder: the reconstruction error of each row instead of the reconstruction.")
  var anomaly = false

  @Flag(help: "With --anomaly: the error of each input.")
  var perFeature = false

  @Option(help: "The outputs of a hidden layer (0 is the first) instead of predictions.")
  var deepFeatures: Int?

  @Option(help: "Threads.")
  var threads = 2

  @Flag(help: "Says on standard error how long reading, predicting and writing took.")
  var times = false

  func run() async throws {
    try await CommandFailure.reporting {
      let fileSystem = FileSystem()
      let model = try StoredModel.read(self.model, fileSystem: fileSystem).model
      var options = ReadOptions(
        try readLike.map { try JobFileArgument($0, fileSystem: fileSystem).job } ?? JobFile(file: ""))
      options.threads = max(1, threads)
      // The model knows which columns are categorical; guessing them anew could disagree.
      for name in model.encoding.categoricalSources where options.columnTypes[name] == nil {
        options.columnTypes[name] = .enumeration
      }
      let start = Clocks.monotonicSeconds()
      let input = try FrameReader.read(Paths.resolved(frame) ?? frame, name: frame, options: options)
      let read = Clocks.monotonicSeconds()
      let (rows, warnings) = try model.encode(input)
      for warning in input.warnings + warnings { Terminal.note("warning: \(warning)") }
      let prediction = try prediction(model, rows)
      let predicted = Clocks.monotonicSeconds()
      let csv = table(model, prediction)
      if output == "-" {
        Terminal.write(csv.text, to: 1)
      } else {
        try fileSystem.write(csv.text.utf8, to: output)
      }
      guard times else { return }
      let written = Clocks.monotonicSeconds()
      Terminal.note(
        "\(rows.rowCount) rows: read in \(Format.number(read - start)) s, predicted in "
          + "\(Format.number(predicted - read)) s, written in \(Format.number(written - predicted)) s")
    }
  }

  /// What was asked for, before it becomes a table.
  private enum Prediction {
    case outputs([Double])
    case deepFeatures(layer: Int, [Double])
    case anomaly([Double])
    case anomalyPerFeature([[Double]])
  }

  private func prediction(_ model: Model, _ rows: EncodedRows) throws -> Prediction {
    let scorer = ModelScorer(threads: max(1, threads))
    if let layer = deepFeatures {
      guard model.topology.hidden.indices.contains(layer) else {
        throw CommandFailure(
          .badData, "--deep-features \(layer): the model has hidden layers 0 to \(model.topology.hidden.count - 1)")
      }
      return .deepFeatures(layer: layer, scorer.deepFeatures(model, rows, layer: layer))
    }
    guard anomaly || perFeature else { return .outputs(scorer.predict(model, rows)) }
    guard model.objective.reconstructed != nil else {
      throw CommandFailure(
        .badData, "--anomaly needs an autoencoder; this model predicts '\(model.encoding.response.name ?? "")'")
    }
    guard perFeature else { return .anomaly(scorer.reconstructionErrors(model, rows)) }
    return .anomalyPerFeature(
      scorer.squaredErrors(
        model, rows, selection: Array(0..<rows.rowCount), outputs: scorer.predict(model, rows)))
  }

  private func table(_ model: Model, _ prediction: Prediction) -> CSVText {
    switch prediction {
    case .outputs(let outputs): PredictionTable.csv(model, outputs: outputs)
    case .deepFeatures(let layer, let outputs): PredictionTable.deepFeatures(model, layer: layer, outputs: outputs)
    case .anomaly(let errors): PredictionTable.anomaly(errors)
    case .anomalyPerFeature(let errors): PredictionTable.anomalyPerFeature(model, errors)
    }
  }
}
