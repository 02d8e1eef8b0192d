import ArgumentParser
internal import DataFrames
internal import Documents
internal import DurableFiles
internal import JobFiles
internal import Jobs
internal import Planning
internal import Wording

/// Writes a job file for a table.
struct InitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Writes a commented job file for a table.",
    discussion: """
      The response is guessed from names, places and types of the columns, unless --response names it. Columns that \
      identify rows are ignored, and a recipe for better models is named. What was guessed about the file is stated as \
      keys, so that it can be corrected. The job runs as written, unless a warning says \
      that no predictor is left: `deepspool run FILE`.
      """)

  @Argument(help: "Table: a file, or a folder whose files form one table.", completion: .file())
  var table: String

  @Option(help: "Column to predict. Default: guessed.")
  var response: String?

  @Option(help: "Job file to write; '-' is standard output. Default: the table's name with .yaml, in this folder.")
  var output: String?

  @Flag(help: "Replace an existing file.")
  var force = false

  @Option(parsing: .unconditional, help: "Number of threads for reading the table.")
  var threads = 2

  @Flag(help: "Print the file and the response as JSON; errors, too.")
  var json = false

  func validate() throws {
    try OptionRange.threads.check(threads)
    guard !(json && output == "-") else { throw ValidationError("--json needs a file as --output") }
  }

  func run() async throws {
    try await CommandFailure.reporting(.init(json: json), keys: .newFile) {
      guard !MemoryFile.isNeeded(for: table) else {
        throw CommandFailure(
          .badData, "a job cannot read '\(table)' again; save the table as a file, then run `deepspool init FILE`")
      }
      try MistakenJobFile.refuse(table) { "to train with it: deepspool run \($0)" }
      let fileSystem = FileSystem()
      var inputs = CommandInputs()
      inputs.add(table, "the table")
      let given = self.output
      let output = given ?? "\(Paths.stem(of: Paths.name(of: Self.withoutSlash(table)))).yaml"
      try inputs.check(output, given == nil ? "the default of --output" : "--output")
      guard output == "-" || force || !fileSystem.exists(output) else {
        throw CommandFailure(.cannotWrite, "'\(output)' already exists; use --force, or choose another --output")
      }
      let argument = try TableArgument(table)
      var options = ReadOptions()
      options.threads = threads
      let frame = try argument.read(options)
      if let response { try Self.require(response, in: frame) }
      let place = TablePlace(
        table, relative: RelativePath.of(table, fromFolderOf: output == "-" ? "./job.yaml" : output),
        folders: ServiceFolders.ofTables)
      let description = TableDescription(frame, threads: threads)
      guard var draft = JobDraft(description, tableName: place.name, response: response) else {
        throw CommandFailure(
          .badData,
          "no column of '\(table)' can be the response: each is text, a time, constant, or identifies rows; "
            + "name one with --response")
      }
      draft.placeNote = place.note
      try Self.settle(&draft, argument, threads: threads)
      let text = draft.text
      if output == "-" { try Terminal.output(text) } else { try UserFile.write(text, to: output) }
      let warnings = description.warnings + [draft.missingPredictors].compactMap { $0 }
      if !json { for warning in warnings { Terminal.note("warning: \(warning)") } }
      guard output != "-" else { return }
      guard !json else {
        return try print(
          JSONValue.object([
            ("file", .string(output)), ("response", .string(draft.responseName)),
            ("reason", .string(draft.responseReason)), ("warnings", .array(warnings.map(JSONValue.string))),
          ]).pretty())
      }
      Terminal.note(
        draft.isResponseCertain
          ? "response '\(draft.responseName)': \(draft.responseReason)"
          : "response '\(draft.responseName)': a guess, because \(draft.responseReason); name the column to predict with "
            + "--response")
      if let note = place.note { Terminal.note(note) }
      Terminal.note(
        draft.missingPredictors == nil
          ? "wrote \(output); read it, then train with: deepspool run \(output.inShell)"
          : "wrote \(output), which cannot train as it is")
    }
  }

  /// - Throws: ``CommandFailure`` if the table has no such column.
  private static func require(_ response: String, in frame: Frame) throws {
    do throws(FrameError) {
      _ = try frame.column(named: response, for: .response)
    } catch {
      guard case .unknownColumn(let path, _, let name, let nearest, _) = error else { throw error }
      let hint = nearest.map { " (did you mean '\($0)'?)" } ?? ""
      throw CommandFailure(.badData, "--response names column '\(name)', which '\(path)' does not have\(hint)")
    }
  }

  /// Reads the table as the job does, and leaves types unstated that do not fit every field.
  ///
  /// A declared type is stricter than a guessed one, which counts a few strange fields as missing.
  ///
  /// - Throws: ``CommandFailure`` if the job cannot be trained, for example because a given response holds text.
  private static func settle(_ draft: inout JobDraft, _ table: TableArgument, threads: Int) throws {
    while true {
      let job = try JobFileReader.read(Array(draft.text.utf8), file: "job file")
      var options = ReadOptions(job)
      options.threads = threads
      do {
        let frame = try table.read(options)
        let faults = TrainingPlanner(job, Compatibility(job)).columnFaults(frame, validation: nil, seed: 1)
        guard faults.isEmpty else { throw CommandFailure(.badData, faults.map(\.message).joined(separator: "\n")) }
        return
      } catch let error as FrameError {
        for part in error.parts {
          guard case .notANumber(_, let column, _, let found, let count, _, _) = part, draft.unstated[column] == nil
          else { throw error }
          if draft.dateFormat(of: column) != nil {
            draft.unformatted.insert(column)
            continue
          }
          draft.unstated[column] = "'\(found.prefix(20))' and the like (\(count)) count as missing"
        }
      }
    }
  }

  private static func withoutSlash(_ path: String) -> String {
    path.count > 1 && path.hasSuffix("/") ? withoutSlash(String(path.dropLast())) : path
  }
}
