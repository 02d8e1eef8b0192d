import ArgumentParser
internal import Artifacts
internal import DataFrames
internal import DurableFiles
internal import JobFiles
internal import Scoring

/// Scores a table with a finished model.
struct PredictCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict", abstract: "Predicts every row of a table with a finished model.")

  @Option(help: "A result folder, its model folder, or a model file.")
  var model: String

  @Option(help: "The table to predict.")
  var frame: String

  @Option(help: "The CSV file to write; '-' is standard output.")
  var output = "-"

  @Option(help: "How the table is read: a job file whose column_types, na_strings and so on apply.")
  var readLike: String?

  @Option(help: "Threads.")
  var threads = 2

  func run() async throws {
    try await CommandFailure.reporting {
      let fileSystem = FileSystem()
      let file = try ModelFile.read(model, fileSystem: fileSystem)
      var options = ReadOptions(
        try readLike.map { try JobFileArgument($0, fileSystem: fileSystem).job } ?? JobFile(file: ""))
      // The model knows which columns are categorical; guessing them anew could disagree.
      for column in file.model.encoding.categoricals where options.columnTypes[column.name] == nil {
        options.columnTypes[column.name] = .enumeration
      }
      let table = try FrameReader.read(frame, options: options)
      let (rows, warnings) = try file.model.encode(table)
      for warning in table.warnings + warnings { Terminal.note("warning: \(warning)") }
      let outputs = ModelScorer(threads: max(1, threads)).predict(file.model, rows)
      let csv = PredictionTable.csv(file.model, outputs: outputs)
      if output == "-" {
        Terminal.write(csv.text, to: 1)
      } else {
        try fileSystem.write(csv.text.utf8, to: output)
      }
    }
  }
}
