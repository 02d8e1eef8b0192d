import ArgumentParser
internal import Documents
internal import DurableFiles
internal import JobEvents
internal import JobFiles
internal import Jobs
internal import Planning
internal import Supervision
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
    help: "Number of processes that train the job through MPI. Default: nodes times ranks_per_node of the job.")
  var ranks: Int?

  @Option(help: "Launcher of the processes with its options, such as 'mpirun --hostfile hosts'.")
  var launcher = MPILauncher.mpirun

  @Option(help: "Seconds without progress after which the processes are ended, such as when a host is cut off.")
  var patience = 300.0

  @Option(
    parsing: .unconditional,
    help: "Limit for the job's estimated memory in bytes. Default: four fifths of the machine's memory.",
    transform: OptionRange.bytes)
  var maxMemoryBytes: Int?

  @Flag(help: "Print the metrics as JSON; errors, too.")
  var json = false

  func validate() throws {
    try OptionRange.threads.check(threads)
    try OptionRange.ranks.check(ranks)
    guard patience > 0 else { throw ValidationError("--patience must be above 0, found \(patience)") }
    try OptionRange.maxMemoryBytes.check(maxMemoryBytes)
  }

  func run() async throws {
    let tasks = try TaskRanks(ranks: ranks, patienceSeconds: patience)
    try await CommandFailure.reporting(.init(json: json)) {
      if let tasks, tasks.task.number > 0 { try tasks.follow() }
      let fileSystem = UserFile.fileSystem
      let (argument, output, lock): (JobFileArgument, RunOutput, FileLock)
      do {
        (argument, output, lock) = try prepare(tasks?.task, fileSystem)
      } catch {
        await tasks?.endOthers()
        throw error
      }
      defer { withExtendedLifetime(lock) {} }
      let result: String
      do {
        result = try await run(argument, in: output, tasks?.task, fileSystem)
      } catch {
        output.discard()
        throw error
      }
      try output.publish(result)
      try ResultSummary(output.path, fileSystem: fileSystem).show(asJSON: json)
      if argument.job.kind != .predict, !json {
        Terminal.note("predict new rows with: deepspool predict --model \(output.path.inShell) --frame TABLE")
      }
    }
  }

  /// Checks all that can be checked before the job starts, and makes its work folder, which the lock keeps from others.
  private func prepare(
    _ task: LaunchedTask?, _ fileSystem: FileSystem
  ) throws -> (argument: JobFileArgument, output: RunOutput, lock: FileLock) {
    let argument = try JobFileArgument(job, fileSystem: fileSystem)
    let faults =
      if let task {
        RankRules.faults(of: argument.job, tasks: task.count, of: task.launcher.rawValue)
      } else {
        RankRules.faults(of: argument.job, ranks: ranks ?? 1, askedBy: "--ranks")
      }
    guard faults.isEmpty else { throw DocumentError(faults) }
    try refuseTooLarge(argument)
    let output = try RunOutput(
      output ?? "\(Paths.folder(of: job))/\(argument.name)-result", isForced: force, fileSystem: fileSystem)
    try CommandInputs.check(
      replaced: output.path, argument.job.namedFiles.map { (argument.path(of: $0.name), $0.name) })
    return (argument, output, try output.claim())
  }

  /// Runs the job in the work folder and returns the folder of its finished result.
  private func run(
    _ argument: JobFileArgument, in output: RunOutput, _ task: LaunchedTask?, _ fileSystem: FileSystem
  ) async throws -> String {
    // With --json, nothing but an error in JSON goes to standard error.
    let display =
      json
      ? nil
      // A run that was interrupted goes on with its bar.
      : ProgressDisplay(isQuiet: argument.job.quietMode, after: JobLog.events(in: output.work, fileSystem))
    switch try await train(argument, in: output, task, fileSystem, onEvent: { display?.show($0) }) {
    case .finished: return "\(output.work)/\(JobFolderLayout.resultFolder)"
    case .suspended:
      throw CommandFailure(
        .tryAgain, "interrupted\(output.hasProgress ? "" : " before there was a checkpoint"); \(output.advice)")
    case .cancelled:
      throw CommandFailure(.tryAgain, "cancelled")
    }
  }

  /// Runs the job in this process, or on several ranks, until it ends or is interrupted.
  private func train(
    _ argument: JobFileArgument, in output: RunOutput, _ task: LaunchedTask?, _ fileSystem: FileSystem,
    onEvent: @escaping @Sendable (JobEvent) -> Void
  ) async throws -> JobOutcome {
    let ranks = ranks ?? argument.job.rankCount
    guard task == nil, ranks == 1 || argument.job.singleNodeMode else {
      let start = RankedRun.Start(
        launcher: task.map { .task($0) } ?? .command(launcher, ranks: ranks), patienceSeconds: patience)
      let run = try RankedRun(
        argument, start, threads: threads, output: output, fileSystem: fileSystem, onEvent: onEvent)
      let interruption = Interruption { run.suspend() }
      defer { interruption.cancel() }
      return try await run.run()
    }
    var request = JobRequest(
      job: argument.job, jobText: argument.bytes, name: argument.name, workFolder: output.work, files: argument.files,
      limits: .init(threads: threads))
    request.source = argument.source
    request.askedRanks = ranks
    let control = TrainingControl()
    let interruption = Interruption { control.stop(.suspend) }
    defer { interruption.cancel() }
    return try await JobRunner(request, fileSystem: fileSystem, onEvent: onEvent).run(control)
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
        + "(--max-memory-bytes): \(estimate.explanation)\(estimate.advice(within: limit).map { "; \($0)" } ?? ""). Use a "
        + "smaller table, network or grid, or raise the limit")
  }
}
