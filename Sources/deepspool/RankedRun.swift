internal import DurableFiles
internal import JobEvents
internal import JobFiles
internal import Jobs
internal import Supervision

/// A job in the foreground that several processes train together.
struct RankedRun {
  /// How the processes are started and ended.
  struct Start {
    /// The origin of the processes.
    enum Launcher {
      /// A launcher with its options, such as `mpirun --hostfile hosts`, which starts so many.
      case command(String, ranks: Int)
      /// A launcher has started this command several times; each of them is a rank.
      case task(LaunchedTask)
    }

    let launcher: Launcher
    /// Seconds without progress after which the processes are ended; the next run resumes from the checkpoint.
    let patienceSeconds: Double

    var patience: JobSupervisor.Patience { JobSupervisor.Patience(silenceSeconds: patienceSeconds) }

    /// Returns the program that starts the ranks, or is rank 0.
    ///
    /// - `name`: The name of the job.
    /// - Throws: ``CommandFailure`` if it is missing.
    func program(_ name: String) throws -> WorkerSpawner.Program {
      let arguments = [name, "--patience", "\(patience.rankSeconds)"]
      do throws(MPILauncher.Fault) {
        switch launcher {
        case .command(let command, let ranks): return try MPILauncher(command).program(ranks: ranks, arguments)
        case .task(let task): return try task.program(arguments)
        }
      } catch {
        throw CommandFailure(.noInput, error.description)
      }
    }
  }

  private let supervisor: JobSupervisor
  private let output: RunOutput

  /// Stores the job file in the work folder, from where rank 0 reads it.
  init(
    _ argument: JobFileArgument, _ start: Start, threads: Int, output: RunOutput, fileSystem: FileSystem,
    onEvent: @escaping @Sendable (JobEvent) -> Void
  ) throws {
    let (program, patience) = (try start.program(argument.name), start.patience)
    self.output = output
    let work = output.work
    try fileSystem.write(argument.bytes, to: "\(work)/\(JobFolderLayout.jobFile)")
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
      program, assignment, patience: patience, secondsNow: Clocks.monotonicSeconds
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
