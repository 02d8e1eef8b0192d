import ArgumentParser
internal import Documents
internal import DurableFiles
internal import Jobs
internal import Wording

/// Validates job files and their data without running them.
struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Checks job files and the tables that they name; prints all errors with file, line and column.",
    discussion: """
      Paths of tables are relative to the job file, as for run. --no-data checks the job files alone, which needs no \
      tables: use it for jobs whose tables are on another machine.
      """)

  @Argument(help: "Job files to check; '-' is standard input.", completion: .jobFiles)
  var jobs: [String]

  @Flag(help: "Do not open tables and models.")
  var noData = false

  @Option(parsing: .unconditional, help: "Number of threads for reading tables.")
  var threads = 2

  @Flag(help: "Print the errors as JSON; errors, too.")
  var json = false

  func validate() throws { try OptionRange.threads.check(threads) }

  func run() async throws {
    try await CommandFailure.reporting(.init(json: json)) {
      var faults: [DocumentFault] = []
      for path in jobs {
        faults += try self.faults(of: path)
      }
      if json {
        try print(JSONValue.array(faults.map(\.json)).pretty())
      } else {
        for fault in faults { Terminal.note(fault.description) }
        if faults.isEmpty { try print("OK: \(NumberText.count(jobs.count, "file"))") }
      }
      if !faults.isEmpty { throw ExitCode(CommandFailure.Status.badData.rawValue) }
    }
  }

  /// Returns the faults of one file and its data, in the order of the file.
  private func faults(of path: String) throws -> [DocumentFault] {
    do {
      let (argument, faults) = try JobFileArgument.checked(path, fileSystem: FileSystem())
      guard !noData else { return DocumentError(faults).faults }
      let check = DataCheck(
        argument.job, files: argument.files, fileSystem: FileSystem(), threads: threads,
        plans: faults.isEmpty)
      return DocumentError(faults + check.faults()).faults
    } catch let error as DocumentError {
      return error.faults
    }
  }
}
