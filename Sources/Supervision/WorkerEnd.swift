package import JobEvents

/// How the process of a job ended, and what it took.
package struct WorkerEnd: Sendable {
  package enum Cause: Sendable {
    /// The job ended and said so.
    case reported(JobEnding)
    /// The process ended before the job did.
    case died(WorkerDeath)
    /// The supervisor ended the process because the job was to be cancelled.
    case cancelled
    /// The supervisor ended the process because the service stops.
    case stopped
    /// The process could not be started.
    case notStarted(SpawnFailure)
  }

  package let cause: Cause
  package let usage: ProcessUsage

  /// `finished`, `SIGSEGV, invalid memory access`: for the log of the job.
  package var text: String {
    switch cause {
    case .reported(.outcome(.finished)): "finished"
    case .reported(.outcome(.suspended)): "suspended"
    case .reported(.outcome(.cancelled)), .cancelled: "cancelled"
    case .reported(.failure): "failed"
    case .stopped: "stopped"
    case .died(.fault(let signal)), .died(.killed(let signal)): WorkerDeath.name(of: signal)
    case .died(.memoryLimit): "memory limit"
    case .died(.stall): "no progress"
    case .died(.exit(let status)): "exit status \(status)"
    case .died(.unintelligible): "unintelligible report"
    case .notStarted: "not started"
    }
  }
}
