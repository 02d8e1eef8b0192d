import ArgumentParser
internal import DataFrames
internal import Documents
internal import DurableFiles
internal import Planning
internal import Reports
internal import Wording

/// Describes a table as deepspool reads it.
struct DescribeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "describe",
    abstract: "Describes a table as deepspool reads it: layout of the file, types, levels, missing values, ranges.",
    discussion: """
      Use it before training, to see whether the separator, the header, the decimal mark and the type of each column \
      are understood. The keys of a job file correct what is not: separator, header, decimal, date_format, \
      column_types, na_strings.
      """)

  @Argument(
    help: "Table: a file, a folder whose files form one table, a pipe, or '-' for standard input.", completion: .file())
  var table: String?

  @Option(
    help: "Job file whose keys for reading tables apply. Without TABLE, the table of the job is described.",
    completion: .jobFiles)
  var job: String?

  @Option(parsing: .unconditional, help: "Number of threads.")
  var threads = 2

  @Flag(help: "Print the description as JSON; errors, too.")
  var json = false

  func validate() throws {
    try OptionRange.threads.check(threads)
    guard table != nil || job != nil else { throw ValidationError("name a table, or a job file with --job") }
  }

  func run() async throws {
    let keys = KeyPlace.option("--job", file: job)
    try await CommandFailure.reporting(.init(json: json), keys: keys) {
      if let table {
        try MistakenJobFile.refuse(table) { "to describe its table: deepspool describe --job \($0)" }
      }
      let argument = try job.map { try JobFileArgument($0, fileSystem: FileSystem()) }
      var options = argument.map { ReadOptions($0.job) } ?? ReadOptions()
      options.keyPlace = keys
      options.threads = threads
      guard let table = try table.map(TableArgument.init) ?? argument.flatMap(TableArgument.init(of:)) else {
        throw CommandFailure(.badData, "'\(job ?? "")' names no table; name one on the command line")
      }
      let description = TableDescription(try table.read(options), threads: threads)
      try Terminal.output(
        json
          ? DataDocument.object(description).pretty() + "\n"
          : DescriptionText(description, name: table.name).text.escapingControls)
    }
  }
}
