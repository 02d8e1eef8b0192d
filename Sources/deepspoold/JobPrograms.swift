internal import Spooling
internal import Supervision

/// The programs that run jobs: this one as a worker, or a launcher that starts several ranks.
struct JobPrograms {
  /// The nodes that running jobs have lost since this daemon started.
  private var lostNodes: [JobIdentifier: Int] = [:]

  /// Returns the program for a job that the queue has started.
  ///
  /// - Throws: ``MPILauncher/Fault`` if the job needs ranks that cannot be started.
  func program(
    for started: JobQueue.StartedJob, launcher: String, _ patience: JobSupervisor.Patience
  ) throws(MPILauncher.Fault) -> WorkerSpawner.Program {
    let id = "\(started.id)"
    guard let ranks = started.ranks else { return .itself([WorkerCommand.name, id]) }
    let nodes = max(ranks.fewestNodes, ranks.nodes - (lostNodes[started.id] ?? 0))
    return try MPILauncher(launcher).program(
      ranks: nodes * ranks.perNode, perNode: ranks.perNode, [id, "--patience", "\(patience.rankSeconds)"])
  }

  /// Notes how the processes of a job ended, so that the next start uses one node less if it lost one.
  mutating func ended(_ id: JobIdentifier, _ ending: JobQueue.Ending, lostRank: Bool) {
    if lostRank {
      lostNodes[id, default: 0] += 1
    } else if case .interrupted = ending {
      // The job continues with the nodes that it had.
    } else {
      lostNodes[id] = nil
    }
  }
}
