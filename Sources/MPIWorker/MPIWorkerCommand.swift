import ArgumentParser
internal import Dispatch
internal import Glibc
internal import Ranks
internal import Supervision
internal import Synchronization
internal import Training
internal import Wording
internal import Workers

/// One rank of a job that a launcher of MPI has started.
///
/// Rank 0 receives the assignment and the orders of its supervisor through standard input, and reports through standard
/// output. The others train copies of a network, or whole models, as rank 0 orders.
@main
struct MPIWorkerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: MPILauncher.workerName,
    abstract: "Trains a job on several processes; started by 'deepspool run --ranks' through mpirun or srun.",
    version: Product.version)

  @Argument(help: "The name of the job, for ps and top. The assignment comes through standard input.")
  var job: String

  @Option(help: "Seconds that a rank waits for the others before it ends all of them.")
  var patience = 300.0

  @Option(help: "The number of ranks, if a launcher has started 'deepspool run' itself several times.")
  var tasks: Int?

  func run() async throws {
    let reports = WorkerChannel.reserveStandardOutput()
    ParentWatch.start()
    if tasks != nil { beginAsTask() }
    let supervisor = Mutex<WorkerLink?>(nil)
    let ranks = try MPIRanks.start(limitSeconds: patience) { reason in
      // The supervisor ends the launcher, which would wait for a host that is cut off.
      supervisor.withLock { link in
        link?.reportLoss()
        // Until the launcher has passed the report on.
        if link != nil { sleep(1) }
      }
      MPIRanks.abort(reason, status: WorkerExit.ranksLost.rawValue)
    }
    try connected(ranks)
    guard ranks.rank == 0 else { return await follow(ranks) }
    guard let link = WorkerLink(.standardStreams, reports: reports) else {
      // The job was refused before it began.
      if tasks != nil {
        ranks.endOthers()
        return MPIRanks.end()
      }
      MPIRanks.abort(
        "there is no assignment on standard input; use 'deepspool run JOB --ranks N' to run a job",
        status: ExitCode.validationFailure.rawValue)
    }
    supervisor.withLock { $0 = link }
    await AssignedJob(link, ranks: ranks).run {
      ranks.endOthers()
      MPIRanks.end()
    }
  }

  /// Leaves signals to `deepspool run`, which writes a checkpoint and ends all ranks, and limits the time for connecting.
  ///
  /// Launchers signal all processes. A task that has ended before it was connected would let the others wait forever.
  private func beginAsTask() {
    signal(SIGINT, SIG_IGN)
    signal(SIGTERM, SIG_IGN)
    signal(SIGALRM) { _ in
      let line: StaticString = "deepspool-mpi-worker: the other tasks have not connected; ending\n"
      _ = write(STDERR_FILENO, line.utf8Start, line.utf8CodeUnitCount)
      _exit(WorkerExit.ranksLost.rawValue)
    }
    alarm(UInt32(max(1, min(patience, Self.maximumConnectSeconds))))
  }

  private static let maximumConnectSeconds = 86_400.0

  /// Ends the limit for connecting.
  private func connected(_ ranks: RankGroup) throws {
    guard let tasks else { return }
    alarm(0)
    guard ranks.count == tasks else {
      MPIRanks.abort(
        "the launcher has started \(tasks) tasks, but MPI connects \(ranks.count); its MPI must be that of this program",
        status: ExitCode.validationFailure.rawValue)
    }
  }

  /// Follows rank 0 on a thread of its own; those of tasks are for models that this rank trains.
  private func follow(_ ranks: RankGroup) async {
    await withCheckedContinuation { continuation in
      DispatchQueue(label: "deepspool.rank").async {
        do {
          try FollowingRank(ranks).run()
        } catch {
          MPIRanks.abort("\(error)", status: WorkerExit.ranksLost.rawValue)
        }
        continuation.resume()
      }
    }
    MPIRanks.end()
  }
}
