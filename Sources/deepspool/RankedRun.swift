internal import DurableFiles
internal import JobEvents
internal import JobFiles
internal import Jobs
internal import Supervision

/// A job in the foreground that several processes train together; a launcher of MPI starts them.
struct RankedRun {
  /// How the processes are started and ended.
  struct Launcher {
    /// The launcher with its options, such as `mpirun --hostfile hosts`.
    let command: String
    /// Seconds without progress after which the processes are ended; the next run resumes from the checkpoint.
    let patienceSeconds: Double
  }

  private let supervisor: JobSupervisor
  private let output: RunOutput

  /// Stores the job file in the work folder, from where rank 0 reads it.
  init(
    _ argument: JobFileArgument, ranks: Int, launcher: Launcher, threads: Int, output: RunOutput,
    fileSystem: FileSystem, onEvent: @escaping @Sendable (JobEvent) -> Void
  ) throws {
    let found: MPILauncher
    do throws(MPILauncher.Fault) {
      found = try MPILauncher(launcher.command)
    } catch {
      throw CommandFailure(.noInput, error.description)
    }
    self.output = output
    let work = output.work
    try fileSystem.write(argument.bytes, to: "\(work)/\(JobFolderLayout.jobFile)")
    let patience = JobSupervisor.Patience(silenceSeconds: launcher.patienceSeconds)
    let names = Paths.folder(of: argument.path)
    let assignment = WorkerAssignment(
      job: argument.name,
      place: .folder(
        .init(
          path: Paths.resolved(work) ?? work, names: Paths.resolved(names) ?? names,
          title: JobFileArgument.title(of: argument.path), fileName: argument.fileName)),
      threads: threads, maximumTableBytes: .max,
      memoryLimitBytes: nil, progressSeconds: patience.progressSeconds)
    supervisor = JobSupervisor(
      found.program(ranks: ranks, [argument.name, "--patience", "\(patience.rankSeconds)"]), assignment,
      patience: patience, secondsNow: Clocks.monotonicSeconds
    ) { if case .event(let event) = $0 { onEvent(event) } }
  }

  /// Writes a checkpoint and ends the processes.
  func suspend() { Task { [supervisor] in await supervisor.give(.suspend) } }

  /// Runs the job to its end.
  ///
  /// - Throws: ``JobFailure`` if the job fails, ``CommandFailure`` if its processes end before it does.
  func run() async throws -> JobOutcome {
    switch await supervisor.run(WorkerSpawner()).cause {
    case .reported(.outcome(let outcome)): return outcome
    case .reported(.failure(let failure)): throw failure
    case .died(let death):
      throw CommandFailure(.tryAgain, "the job \(death.description); \(output.advice)")
    case .cancelled, .stopped: return .suspended
    case .overran(let reason): throw CommandFailure(.badData, reason)
    case .notStarted(let failure): throw CommandFailure(.ourFault, "cannot start the launcher: \(failure)")
    }
  }
}
