import ArgumentParser
internal import DurableFiles
internal import JobEvents
internal import JobFiles
internal import Jobs
internal import Planning
internal import Training
internal import Wording

/// Runs one job in the foreground, without a daemon.
struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Runs one job in the foreground, without a daemon.",
    discussion: """
      Paths of tables are relative to the job file. The result folder appears when it is complete. Until then, a \
      hidden folder beside it holds the checkpoint. After an interruption, run the same command again to continue.
      """)

  @Argument(help: "Job file to run; '-' is standard input.", completion: .jobFiles)
  var job: String

  @Option(help: "Result folder. Default: the job's name with '-result', beside the job file.", completion: .directory)
  var output: String?

  @Flag(help: "Replace an existing result folder, once the new result is complete.")
  var force = false

  @Option(
    parsing: .unconditional,
    help: "Number of threads for training, scoring, and parallel folds or grid models.")
  var threads = 2

  @Option(
    parsing: .unconditional,
    help: "Limit for the job's estimated memory in bytes. Default: four fifths of the machine's memory.")
  var maxMemoryBytes: Int?

  @Flag(help: "Print the metrics as JSON; errors, too.")
  var json = false

  func validate() throws {
    try OptionRange.threads.check(threads)
    try OptionRange.maxMemoryBytes.check(maxMemoryBytes)
  }

  func run() async throws {
    try await CommandFailure.reporting(.init(json: json)) {
      let fileSystem = FileSystem()
      let argument = try JobFileArgument(job, fileSystem: fileSystem)
      try refuseTooLarge(argument)
      let output = Self.withoutSlash(output ?? "\(Paths.folder(of: job))/\(argument.name)-result")
      try refuseExisting(output, fileSystem)
      let work = "\(Paths.folder(of: output))/.\(Paths.name(of: output)).running"
      try fileSystem.makeFolder(work)
      let request = JobRequest(
        job: argument.job, jobText: argument.bytes, name: argument.name, workFolder: work,
        files: argument.files, limits: .init(threads: threads))
      let display = ProgressDisplay(
        isQuiet: argument.job.quietMode, after: Self.earlierEvents(in: work, fileSystem))
      let control = TrainingControl()
      let interruption = Interruption { control.stop(.suspend) }
      defer { interruption.cancel() }
      switch try await JobRunner(request, fileSystem: fileSystem, onEvent: display.show).run(control) {
      case .finished(let summary):
        if force { try Self.setAside(output, in: work, fileSystem) }
        try fileSystem.move(request.resultFolder, to: output)
        try fileSystem.removeTree(work)
        if argument.job.kind == .predict, !json {
          Terminal.note("\(summary.ending) in \(Format.number(summary.seconds)) s")
        }
        try ResultSummary(output, fileSystem: fileSystem).show(asJSON: json)
      case .suspended:
        throw CommandFailure(.tryAgain, "interrupted; run the same command again to continue from the checkpoint")
      case .cancelled:
        throw CommandFailure(.tryAgain, "cancelled")
      }
    }
  }

  /// Rejects an output that exists, unless it is a result that may be replaced.
  private func refuseExisting(_ output: String, _ fileSystem: FileSystem) throws {
    guard fileSystem.exists(output) else { return }
    guard force else {
      throw CommandFailure(
        .cannotWrite, "'\(output)' already exists; use --force to replace it, or choose another --output")
    }
    guard fileSystem.exists("\(output)/\(ResultFolderLayout.jobFile)") else {
      throw CommandFailure(.cannotWrite, "'\(output)' is not a result folder, so --force does not replace it")
    }
  }

  /// Moves the result that is replaced into the work folder, which is removed next.
  private static func setAside(_ output: String, in work: String, _ fileSystem: FileSystem) throws {
    guard fileSystem.exists(output) else { return }
    try fileSystem.removeTree("\(work)/\(replacedFolder)")
    try fileSystem.rename(output, to: "\(work)/\(replacedFolder)")
  }

  private static let replacedFolder = "replaced"
  private static let maximumEventBytes = 256 << 20

  /// Returns the events of a run that was interrupted.
  private static func earlierEvents(in work: String, _ fileSystem: FileSystem) -> [LoggedEvent] {
    let bytes = try? fileSystem.read("\(work)/\(JobFolderLayout.eventsFile)", limit: maximumEventBytes)
    return EventLog.milestones(bytes ?? [])
  }

  /// Rejects a job whose estimated memory exceeds the limit.
  ///
  /// A machine that runs out of memory would end other programs too.
  private func refuseTooLarge(_ argument: JobFileArgument) throws {
    let limit = maxMemoryBytes ?? MachineMemory.forJobs
    // Faults of the data are reported when the tables are read.
    guard let estimate = try? JobEstimate.of(argument.job, threads: threads, resolveFrame: argument.path(of:)),
      estimate.memoryBytes > limit
    else { return }
    throw CommandFailure(
      .badData,
      "the job needs about \(ByteText.of(estimate.memoryBytes)) of memory, but the limit is \(ByteText.of(limit)) "
        + "(--max-memory-bytes): \(estimate.explanation)")
  }

  private static func withoutSlash(_ path: String) -> String {
    path.count > 1 && path.hasSuffix("/") ? withoutSlash(String(path.dropLast())) : path
  }
}
