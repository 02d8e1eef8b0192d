internal import ArgumentParser
internal import Glibc
internal import Supervision

/// This command as one of several that a launcher has started with the same arguments: each is a rank of the job.
///
/// Task 0 does what the command does alone, and the others train with it.
struct TaskRanks {
  let task: LaunchedTask
  private let start: RankedRun.Start

  /// Nil if this command was started alone.
  ///
  /// - `ranks`: The option `--ranks`.
  /// - Throws: `ValidationError`, or the exit status 0 if task 0 says the reason.
  init?(ranks: Int?, patienceSeconds: Double) throws {
    guard let task = LaunchedTask() else { return nil }
    self.task = task
    start = .init(launcher: .task(task), patienceSeconds: patienceSeconds)
    guard let fault = fault(ranks) else { return }
    // A launcher may end task 0 when another one fails.
    throw task.number == 0 ? ValidationError(fault) : ExitCode.success
  }

  private func fault(_ ranks: Int?) -> String? {
    let (launcher, count) = (task.launcher.rawValue, task.count)
    if let ranks, ranks != count {
      return "--ranks is \(ranks), but \(launcher) has started \(count) tasks, which are the ranks; remove --ranks, or "
        + "start one task"
    }
    guard task.isConnected else {
      return "\(launcher) has started \(count) tasks that cannot find each other; use '\(launcher) --mpi=pmix "
        + "deepspool run ...', or 'deepspool run JOB --ranks \(count) --launcher \(launcher)' without \(launcher) before it"
    }
    return nil
  }

  /// The name of the processes of other tasks in ps(1), which do not read the job file.
  private static let followerName = "rank"

  /// Replaces this process with a rank that does what rank 0 orders.
  func follow() throws -> Never {
    let code = LaunchedTask.become(try start.program(Self.followerName))
    throw CommandFailure(.ourFault, "cannot start deepspool-mpi-worker: \(String(cString: strerror(code)))")
  }

  /// Ends the other tasks, which wait for a job that has been refused.
  func endOthers() async {
    guard let program = try? start.program(Self.followerName) else { return }
    await LaunchedTask.endOthers(program)
  }
}
