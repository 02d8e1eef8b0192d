import ArgumentParser
internal import DataFrames
internal import DeepLearning
internal import DurableFiles
internal import JobFiles
internal import Jobs
internal import Models
internal import Planning

/// Scores a table with a finished model.
struct PredictCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict", abstract: "Predicts every row of a table with a finished model.")

  @Option(help: "A result folder, its model folder, a model file, or a MOJO zip.")
  var model: String

  @Option(help: "The table to predict: a file, a pipe, or '-' for standard input; of any length.")
  var frame: String

  @Option(help: "The CSV file to write; '-' is standard output.")
  var output = "-"

  @Option(help: "How the table is read: a job file whose column_types, na_strings and so on apply.")
  var readLike: String?

  @Flag(help: "Autoencoder: the reconstruction error of each row instead of the reconstruction.")
  var anomaly = false

  @Flag(help: "With --anomaly: the error of each input.")
  var perFeature = false

  @Option(parsing: .unconditional, help: "The outputs of a hidden layer (0 is the first) instead of predictions.")
  var deepFeatures: Int?

  @OptionGroup var label: LabelThresholdOption

  @Option(parsing: .unconditional, help: "Threads.")
  var threads = 2

  @Flag(help: "Says on standard error how long it took.")
  var times = false

  func validate() throws {
    try OptionRange.threads.check(threads)
    try OptionRange.deepFeatures.check(deepFeatures)
  }

  func run() async throws {
    try await CommandFailure.reporting {
      let fileSystem = FileSystem()
      let model = try label.applied(to: StoredModel.read(model, fileSystem: fileSystem).model)
      var options = ReadOptions()
      if let readLike { options = ReadOptions(try JobFileArgument(readLike, fileSystem: fileSystem).job) }
      options.threads = threads
      let prediction = try PredictionRun(
        model, .init(anomaly: anomaly, perFeature: perFeature, deepFeatures: deepFeatures), threads: threads)
      let start = Clocks.monotonicSeconds()
      let writer = output == "-" ? nil : try fileSystem.writer(output)
      let file =
        frame == "-" ? (path: frame, name: "standard input") : (path: Paths.resolved(frame) ?? frame, name: frame)
      let summary = try prediction.run(
        [file], options: options, takesPipes: true, warn: { Terminal.note("warning: \($0)") }
      ) { text in
        if let writer { try writer.append(text) } else { try Terminal.output(text) }
      }
      try writer?.finish()
      guard times, let summary else { return }
      Terminal.note(
        "\(summary.rowCount) rows predicted in \(Format.number(summary.predictionSeconds)) s, "
          + "\(Format.number(Clocks.monotonicSeconds() - start)) s with reading and writing")
    }
  }
}
