import ArgumentParser
internal import DataFrames
internal import Documents
internal import DurableFiles
internal import Exports
internal import JobFiles
internal import Jobs
internal import Models
internal import Planning
internal import Wording

/// Exports a finished model to another format.
struct ExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Exports a finished model as a MOJO (H2O's format) or as ONNX.")

  @Option(
    help: "Model to export: a result folder, its model folder, a model file, or a job of the spool.",
    completion: .models)
  var model: String

  @Option(help: "Format: mojo or onnx.")
  var format: ExportFormat

  @Option(help: "File to write.", completion: .file())
  var output: String

  @Option(help: "Table on which to compare model and export, up to 1,000 rows.", completion: .file())
  var check: String?

  @Option(
    help: "With --check: job file whose settings for reading tables apply, such as column_types and na_strings.",
    completion: .jobFiles)
  var readLike: String?

  @OptionGroup var label: LabelThresholdOption

  @OptionGroup var spool: SpoolPlace

  @Flag(help: "Print the result as JSON; errors, too.")
  var json = false

  func validate() throws {
    guard readLike == nil || check != nil else { throw ValidationError("--read-like needs --check") }
  }

  func run() async throws {
    let keys = KeyPlace.option("--read-like", file: readLike)
    try await CommandFailure.reporting(.init(json: json), keys: keys) {
      let fileSystem = FileSystem()
      let place = try ResultArgument(model, in: spool, fileSystem: fileSystem).path
      var inputs = CommandInputs()
      inputs.addModel(place, option: "--model")
      inputs.add(check, "the table of --check")
      inputs.add(readLike, "the job file of --read-like")
      try inputs.check(output, "--output")
      if let check { try MistakenJobFile.refuse(check) { _ in "name a table with --check" } }
      let file = try ModelFile.read(place, fileSystem: fileSystem)
      let model = try label.applied(to: file.model)
      var options = ReadOptions()
      if let readLike { options = ReadOptions(try JobFileArgument(readLike, fileSystem: fileSystem).job) }
      options.keyPlace = keys
      let table = try check.map {
        try FrameReader.read(Paths.resolved($0) ?? $0, name: $0, options: model.readOptions(options))
      }
      let export = try ModelExport(
        model, format: format, identifier: file.identifier, producerVersion: Product.version, table: table)
      try UserFile.write(export.bytes, to: output)
      if json {
        try Terminal.output(summary(export).line + "\n")
      } else if let proof = export.proof {
        Terminal.note(
          "\(output): compared with the model on \(proof.rowCount) rows, largest difference \(proof.largestDifference)")
      }
    }
  }

  private func summary(_ export: ModelExport) -> JSONValue {
    .object([
      ("file", .string(output)), ("bytes", .int(export.bytes.count)),
      ("rows_compared", export.proof.map { .int($0.rowCount) } ?? .null),
      ("largest_difference", export.proof.map { .number($0.largestDifference) } ?? .null),
    ])
  }
}

extension ExportFormat: ExpressibleByArgument {}
