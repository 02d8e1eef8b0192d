package import JobEvents

/// The end of a worker process: its cause and resource usage.
package struct WorkerEnd: Sendable {
  package enum Cause: Sendable {
    /// The job ended and its ending was reported.
    case reported(JobEnding)
    /// The process ended before the job did.
    case died(WorkerDeath)
    /// The supervisor killed the process to cancel the job.
    case cancelled
    /// The supervisor killed the process because the service stops.
    case stopped
    /// The supervisor killed the process because the job ran for too long.
    case overran(reason: String)
    /// The process could not be started.
    case notStarted(SpawnFailure)
  }

  package let cause: Cause
  package let usage: ProcessUsage

  package init(cause: Cause, usage: ProcessUsage) {
    self.cause = cause
    self.usage = usage
  }

  /// Whether one of several processes was lost before the job ended.
  package var hasLostRank: Bool {
    switch cause {
    case .died(.lostRank): true
    case .reported, .died, .cancelled, .stopped, .overran, .notStarted: false
    }
  }

  /// A short text such as `finished` or `SIGSEGV, invalid memory access`, for the log of the job.
  package var text: String {
    switch cause {
    case .reported(.outcome(.finished)): "finished"
    case .reported(.outcome(.suspended)): JobOutcome.suspendedName
    case .reported(.outcome(.cancelled)), .cancelled: "cancelled"
    case .reported(.failure): "failed"
    case .stopped: "stopped"
    case .overran: "time limit"
    case .died(.fault(let signal)), .died(.killed(let signal)): WorkerDeath.name(of: signal)
    case .died(.memoryLimit): "memory limit"
    case .died(.stall): "no progress"
    case .died(.exit(let status)): "exit status \(status)"
    case .died(.unintelligible): "invalid report"
    case .died(.lostRank): "lost rank"
    case .notStarted: "not started"
    }
  }
}
