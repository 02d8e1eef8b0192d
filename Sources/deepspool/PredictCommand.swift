import ArgumentParser
internal import DataFrames
internal import DeepLearning
internal import Documents
internal import DurableFiles
internal import JobFiles
internal import Jobs
internal import Models
internal import Planning

/// Predicts a table with a finished model.
struct PredictCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict", abstract: "Predicts every row of a table with a finished model.")

  @Option(help: "Model to use: a result folder, its model folder, a model file, or a MOJO zip.", completion: .file())
  var model: String

  @Option(help: "Table to predict, of any length: a file, a pipe, or '-' for standard input.", completion: .file())
  var frame: String

  @Option(help: "CSV file to write; '-' is standard output.", completion: .file())
  var output = "-"

  @Option(
    help: "Job file whose settings for reading tables apply, such as column_types and na_strings.",
    completion: .jobFiles)
  var readLike: String?

  @Flag(help: "For an autoencoder: write the reconstruction error of each row instead of the reconstruction.")
  var anomaly = false

  @Flag(help: "With --anomaly: write the reconstruction error of each input.")
  var perFeature = false

  @Option(
    parsing: .unconditional, help: "Write the outputs of this hidden layer (0 is the first) instead of predictions.")
  var deepFeatures: Int?

  @OptionGroup var label: LabelThresholdOption

  @Option(parsing: .unconditional, help: "Number of threads.")
  var threads = 2

  @Flag(help: "Print timings to standard error.")
  var times = false

  @Flag(help: "Print the number of rows and timings as JSON, with --output FILE; errors, too.")
  var json = false

  func validate() throws {
    try OptionRange.threads.check(threads)
    try OptionRange.deepFeatures.check(deepFeatures)
    guard !(json && output == "-") else {
      throw ValidationError("--json needs --output FILE, because predictions are on standard output")
    }
  }

  func run() async throws {
    try await CommandFailure.reporting(.init(json: json)) {
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
      guard let summary else { return }
      if json {
        try print(
          JSONValue.object([
            ("output", .string(output)), ("rows", .int(summary.rowCount)),
            ("prediction_seconds", .number(summary.predictionSeconds)),
            ("seconds", .number(Clocks.monotonicSeconds() - start)),
          ]).pretty())
      }
      guard times else { return }
      Terminal.note(
        "\(summary.rowCount) rows predicted in \(Format.number(summary.predictionSeconds)) s, "
          + "\(Format.number(Clocks.monotonicSeconds() - start)) s including reading and writing")
    }
  }
}
