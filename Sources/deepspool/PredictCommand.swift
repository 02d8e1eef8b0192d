import ArgumentParser
internal import DataFrames
internal import DeepLearning
internal import Documents
internal import DurableFiles
internal import Explanations
internal import JobFiles
internal import Jobs
internal import Models
internal import Planning
internal import Reports
internal import Wording

/// Predicts a table with a finished model.
struct PredictCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict", abstract: "Predicts every row of a table with a finished model.")

  @Option(
    help: "Model to use: a result folder, its model folder, a model file, a MOJO zip, or a job of the spool.",
    completion: .models)
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

  @Flag(
    help: """
      Write the contributions of all columns to each prediction (SHAP values) beside --output FILE.csv, to \
      FILE.contributions.csv.
      """)
  var contributions = false

  @Option(
    help: """
      With --contributions: table whose rows the predictions are compared with. Default: rows of the training table, \
      from the result folder.
      """,
    completion: .file())
  var background: String?

  @Option(
    parsing: .unconditional,
    help: "With --contributions: largest number of rows to compare with; fewer are faster.")
  var backgroundRows: Int?

  @OptionGroup var label: LabelThresholdOption

  @OptionGroup var spool: SpoolPlace

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
    try OptionRange.backgroundRows.check(backgroundRows)
    if contributions {
      guard output != "-" else { throw ValidationError("--contributions needs --output FILE, beside which it writes") }
      guard !anomaly, !perFeature, deepFeatures == nil else {
        throw ValidationError("--contributions explains predictions; use it without --anomaly and --deep-features")
      }
    } else if background != nil || backgroundRows != nil {
      throw ValidationError("\(background != nil ? "--background" : "--background-rows") needs --contributions")
    }
  }

  func run() async throws {
    let keys = KeyPlace.option("--read-like", file: readLike)
    try await CommandFailure.reporting(.init(json: json), keys: keys) {
      let fileSystem = FileSystem()
      let place = try ResultArgument(self.model, in: spool, fileSystem: fileSystem).path
      try checkOutputs(place)
      try MistakenJobFile.refuse(frame) { "to read a table as it says: --read-like \($0)" }
      let model = try label.applied(to: StoredModel.read(place, fileSystem: fileSystem).model)
      var options = ReadOptions()
      if let readLike { options = ReadOptions(try JobFileArgument(readLike, fileSystem: fileSystem).job) }
      options.keyPlace = keys
      options.threads = threads
      var prediction = try PredictionRun(
        model, .init(anomaly: anomaly, perFeature: perFeature, deepFeatures: deepFeatures), threads: threads)
      if contributions {
        prediction.explainer = try explainer(model, place: place, options: options, fileSystem: fileSystem)
      }
      let start = Clocks.monotonicSeconds()
      let writer = output == "-" ? nil : try UserFile.writer(output)
      let contributionWriter = contributions ? try UserFile.writer(contributionsFile) : nil
      var contributionTable = contributionWriter.map { ContributionTable(write: $0.append) }
      let file =
        frame == "-" ? (path: frame, name: "standard input") : (path: Paths.resolved(frame) ?? frame, name: frame)
      let summary = try prediction.run(
        [file], options: options, takesPipes: true, warn: { Terminal.note("warning: \($0)") },
        write: { text in
          if let writer { try writer.append(text) } else { try Terminal.output(text) }
        }, takeContributions: { try contributionTable?.append($0) })
      try contributionWriter?.finish()
      try writer?.finish()
      guard let summary else { return }
      if json {
        try print(
          JSONValue.object([
            ("output", .string(output)), ("contributions", contributions ? .string(contributionsFile) : .null),
            ("rows", .int(summary.rowCount)),
            ("prediction_seconds", .number(summary.predictionSeconds)),
            ("seconds", .number(Clocks.monotonicSeconds() - start)),
          ]).pretty())
      }
      guard times else { return }
      Terminal.note(
        "\(summary.rowCount) rows predicted in \(NumberText.brief(summary.predictionSeconds)) s, "
          + "\(NumberText.brief(Clocks.monotonicSeconds() - start)) s including reading and writing")
    }
  }

  /// The file of contributions: `out.contributions.csv` beside `out.csv`.
  private var contributionsFile: String {
    let ending = ".csv"
    return (output.hasSuffix(ending) ? String(output.dropLast(ending.count)) : output) + ".contributions\(ending)"
  }

  /// Checks that no output replaces what is read.
  private func checkOutputs(_ model: String) throws {
    var inputs = CommandInputs()
    inputs.add(frame, "the table of --frame")
    inputs.addModel(model, option: "--model")
    inputs.add(readLike, "the job file of --read-like")
    inputs.add(background, "the table of --background")
    try inputs.check(output, "--output")
    if contributions { try inputs.check(contributionsFile, "the file of --contributions") }
  }

  private func explainer(
    _ model: Model, place: String, options: ReadOptions, fileSystem: FileSystem
  ) throws -> ContributionExplainer {
    guard model.objective.reconstructed == nil else { throw StoredBackground.refusal }
    var rows: Background
    if let background {
      let frame = try FrameReader.read(background, options: model.readOptions(options))
      guard frame.rowCount > 0 else { throw FrameError.empty(path: background) }
      rows = try StoredBackground.of(frame, for: model, count: backgroundRows ?? frame.rowCount)
    } else {
      rows = try StoredBackground.read(place, for: model, fileSystem: fileSystem)
    }
    if let backgroundRows { rows = rows.prefix(backgroundRows) }
    return try StoredBackground.explainer(model, rows, threads: threads)
  }
}
