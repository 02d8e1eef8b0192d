internal import Jobs
internal import Planning
internal import ServiceManager
package import Spooling
internal import Threads
internal import Wording

/// Settings that are valid, and with which jobs cannot run nevertheless.
extension DaemonConfiguration {
  /// Warns about such settings.
  ///
  /// It looks on a thread of its own: the disk of a server may not answer, and the loop of the daemon must go on.
  func reportProblems(to reporter: EventReporter) {
    _ = SystemThread.start {
      for problem in problems() { reporter.report(problem: problem, .warning) }
    }
  }

  /// Returns what is wrong with the settings on this machine, one sentence each.
  package func problems() -> [String] { directoryProblems() + [memoryProblem()].compactMap { $0 } }

  /// Returns the sentence about a limit that is below the needs of every job; nil if jobs can run.
  private func memoryProblem() -> String? {
    let limit = limits(memoryBytes: MachineMemory.forJobs).memoryBytes
    guard limit < JobEstimate.baseBytes else { return nil }
    let least = ByteText.of(JobEstimate.baseBytes)
    let found = "\(ByteText.of(limit)) (\(limit) bytes)"
    return maximumMemoryBytes == nil
      ? "no job can run: each needs more than \(least), and four fifths of the machine's memory, or of the limit of the "
        + "service, are \(found)"
      : "max_memory_bytes: no job can run with \(found): each needs more than \(least); the number is in bytes"
  }
}
