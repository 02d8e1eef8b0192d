internal import Glibc

/// Why the process of a job ended before the job did.
package enum WorkerDeath: Sendable, Equatable, CustomStringConvertible {
  /// A signal of its own making, such as SIGSEGV: the program or the job is at fault.
  case fault(signal: Int32)
  /// It asked for more memory than it may have.
  case memoryLimit
  /// It made no progress for so long, and the supervisor ended it.
  case stall(seconds: Double)
  /// It ended by itself without saying how the job ended.
  case exit(status: Int32)
  /// It reported something that is no report, and the supervisor ended it.
  case unintelligible
  /// A signal from outside: kill(1), the kernel's out-of-memory killer, an administrator.
  case killed(signal: Int32)

  /// Signals that a process gets for what it does itself.
  private static let faults: [(number: Int32, name: String)] = [
    (SIGSEGV, "SIGSEGV, invalid memory access"), (SIGILL, "SIGILL, a failed check of the program"),
    (SIGTRAP, "SIGTRAP, a failed check of the program"), (SIGBUS, "SIGBUS, a file or memory that is gone"),
    (SIGABRT, "SIGABRT, a failed check of a library"), (SIGFPE, "SIGFPE, invalid arithmetic"),
    (SIGSYS, "SIGSYS, a forbidden system call"),
  ]

  /// - `waitStatus`: Of wait4(2).
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
      // The supervisor is there to see it, so somebody else has closed the pipe.
      case .supervisorGone: .killed(signal: SIGPIPE)
      case .reported, nil: .exit(status: status)
      }
  }

  /// What happened, behind a subject.
  package var description: String {
    switch self {
    case .fault(let signal): "ended by a fault (\(Self.name(of: signal)))"
    case .memoryLimit: "reached its memory limit"
    case .stall(let seconds): "made no progress for \(Int(seconds.rounded())) s and was ended (worker_patience_seconds)"
    case .exit(let status): "ended with status \(status) without saying how the job ended"
    case .unintelligible: "reported something unintelligible and was ended"
    case .killed(let signal): "was killed from outside (\(Self.name(of: signal)))"
    }
  }

  /// `SIGSEGV, invalid memory access`.
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
  /// Memory was refused; beyond sysexits(3), and below the shell's numbers for signals.
  case memoryLimit = 101
  /// The pipe to the supervisor ended.
  case supervisorGone = 102
}
