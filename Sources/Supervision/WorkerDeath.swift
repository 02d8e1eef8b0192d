internal import Glibc

/// The reason for which a worker process ended before its job.
package enum WorkerDeath: Sendable, Equatable, CustomStringConvertible {
  /// A signal caused by the process, such as SIGSEGV: a defect of the program or an effect of the job.
  case fault(signal: Int32)
  /// The process exceeded its memory limit.
  case memoryLimit
  /// The process made no progress for this time, and the supervisor killed it.
  case stall(seconds: Double)
  /// The process exited without reporting the ending of its job.
  case exit(status: Int32)
  /// The process sent an invalid report, and the supervisor killed it.
  case unintelligible
  /// The launcher of several ranks has ended, because one of them or its host was lost.
  case lostRank(status: Int32)
  /// A signal from outside: kill(1), the kernel's out-of-memory killer, an administrator.
  case killed(signal: Int32)

  /// Signals that a process causes itself.
  private static let faults: [(number: Int32, name: String)] = [
    (SIGSEGV, "SIGSEGV, invalid memory access"), (SIGILL, "SIGILL, a failed check in the program"),
    (SIGTRAP, "SIGTRAP, a failed check in the program"),
    (SIGBUS, "SIGBUS, access to missing memory or a truncated file"),
    (SIGABRT, "SIGABRT, a failed check in a library"), (SIGFPE, "SIGFPE, invalid arithmetic"),
    (SIGSYS, "SIGSYS, a forbidden system call"),
  ]

  /// Interprets the status of wait4(2).
  package init(waitStatus: Int32) {
    let signal = waitStatus & 0x7f
    guard signal == 0 else {
      self = Self.faults.contains { $0.number == signal } ? .fault(signal: signal) : .killed(signal: signal)
      return
    }
    let status = (waitStatus >> 8) & 0xff
    self =
      switch WorkerExit(rawValue: status) {
      case .memoryLimit: .memoryLimit
      // The supervisor is alive, so another process has closed the pipe.
      case .supervisorGone: .killed(signal: SIGPIPE)
      case .ranksLost: .lostRank(status: status)
      case .reported, nil: .exit(status: status)
      }
  }

  /// Interprets the status of a launcher, which passes on the status of the process that failed first.
  package init(launcherWaitStatus: Int32) {
    self = WorkerDeath(waitStatus: launcherWaitStatus)
    guard case .exit(let status) = self else { return }
    let signal = status - Self.shellSignalBase
    self = Self.faults.contains { $0.number == signal } ? .fault(signal: signal) : .lostRank(status: status)
  }

  /// Shells and launchers report a signal as this number plus the signal.
  private static let shellSignalBase: Int32 = 128

  /// A description that follows a subject such as "the process".
  package var description: String {
    switch self {
    case .fault(let signal): "crashed (\(Self.name(of: signal)))"
    case .memoryLimit: "reached its memory limit"
    case .stall(let seconds):
      "made no progress for \(Int(seconds.rounded())) s and was killed (worker_patience_seconds)"
    case .exit(let status): "exited with status \(status) without reporting how the job ended"
    case .unintelligible: "sent an invalid report and was killed"
    case .lostRank(let status):
      status == WorkerExit.ranksLost.rawValue
        ? "lost a rank or its host, which does not answer"
        : "lost a rank or its host (the launcher exited with status \(status))"
    case .killed(let signal): "was killed from outside (\(Self.name(of: signal)))"
    }
  }

  /// The name of a signal, such as `SIGSEGV, invalid memory access`.
  static func name(of signal: Int32) -> String {
    if let known = faults.first(where: { $0.number == signal }) { return known.name }
    let others: [Int32: String] = [
      SIGKILL: "SIGKILL", SIGTERM: "SIGTERM", SIGINT: "SIGINT", SIGHUP: "SIGHUP", SIGQUIT: "SIGQUIT",
      SIGPIPE: "SIGPIPE",
      SIGXCPU: "SIGXCPU", SIGUSR1: "SIGUSR1", SIGUSR2: "SIGUSR2",
    ]
    return others[signal] ?? "signal \(signal)"
  }
}

/// The exit status of a worker.
package enum WorkerExit: Int32, Sendable {
  /// The job's ending has been reported.
  case reported = 0
  /// The memory limit was exceeded; above the codes of sysexits(3) and below those of shells for signals.
  case memoryLimit = 101
  /// The pipe to the supervisor was closed.
  case supervisorGone = 102
  /// Other processes of the job did not answer.
  case ranksLost = 103
}
