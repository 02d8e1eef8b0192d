import ArgumentParser
internal import Documents
internal import DurableFiles
internal import JobEvents
internal import Jobs
internal import Wording

/// Validates job files and their data without running them.
struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract:
      "Checks job files and the tables that they name; prints all errors and warnings with file, line and column.",
    discussion: """
      Paths of tables are relative to the job file, as for run. Jobs for the service name tables in its data directories: \
      check them with --data-directory. --no-data checks the job files alone, which needs no tables: use it for jobs whose \
      tables are on another machine.
      """)

  @Argument(help: "Job files to check; '-' is standard input.", completion: .jobFiles)
  var jobs: [String]

  @Flag(help: "Do not open tables and models.")
  var noData = false

  @Option(
    help: ArgumentHelp(
      "Folder in which the tables are, as in the service's configuration (data_directories); may be repeated.",
      valueName: "folder"), completion: .directory)
  var dataDirectory: [String] = []

  @Option(parsing: .unconditional, help: "Number of threads for reading tables.")
  var threads = 2

  @Flag(help: "Print the errors as JSON, without warnings; errors, too.")
  var json = false

  func validate() throws {
    try OptionRange.threads.check(threads)
    guard !(noData && !dataDirectory.isEmpty) else {
      throw ValidationError("--no-data opens no tables; use it without --data-directory")
    }
  }

  func run() async throws {
    try await CommandFailure.reporting(.init(json: json)) {
      for folder in dataDirectory {
        if let reason = Paths.obstacle(to: folder, isToBeWritten: false) {
          throw CommandFailure(.noInput, "--data-directory '\(folder)' cannot be used: \(reason)")
        }
      }
      var (faults, warnings): ([DocumentFault], [DocumentFault]) = ([], [])
      for path in jobs {
        let found = try findings(path)
        faults += found.faults
        warnings += found.warnings
      }
      if json {
        try print(JSONValue.array(faults.map(\.json)).pretty())
      } else {
        for fault in faults { Terminal.note(fault.description) }
        for warning in warnings { Terminal.note(warning.warning) }
        if faults.isEmpty { try print("OK: \(NumberText.count(jobs.count, "file"))") }
      }
      if !faults.isEmpty { throw ExitCode(CommandFailure.Status.badData.rawValue) }
    }
  }

  /// Returns what one file and its data show, faults in the order of the file.
  private func findings(_ path: String) throws -> DataCheck.Findings {
    do {
      let (argument, faults) = try JobFileArgument.checked(path, fileSystem: FileSystem())
      guard !noData else { return DataCheck.Findings(faults: DocumentError(faults).faults) }
      let check = DataCheck(
        argument.job, files: files(of: argument), fileSystem: FileSystem(), threads: threads,
        plans: faults.isEmpty)
      var findings = check.findings()
      findings.faults = DocumentError(faults + findings.faults).faults
      return findings
    } catch let error as DocumentError {
      return DataCheck.Findings(faults: error.faults)
    }
  }

  /// Returns where the files are that a job names.
  ///
  /// A table that is missing beside the job file, and that the service would find, is an error that says so.
  private func files(of argument: JobFileArgument) -> NamedFiles {
    guard dataDirectory.isEmpty else {
      let data = DataDirectories(dataDirectory)
      return NamedFiles(frame: data.resolve, model: data.resolve, export: { $0 })
    }
    let (local, folders, job) = (argument.files, ServiceFolders.ofTables, argument.path.inShell)
    return NamedFiles(
      frame: { name in
        let path = try local.frame(name)
        guard !FileSystem().exists(path) else { return path }
        for folder in folders where (try? DataDirectories([folder]).resolve(name)) != nil {
          throw JobFailure(
            .job,
            "'\(name)' is not in the folder of the job file; the service finds it in '\(folder)'. To check the job for "
              + "the service: deepspool check --data-directory \(folder.inShell) \(job)")
        }
        return path
      }, model: { try local.model($0).folder }, export: { $0 })
  }
}
