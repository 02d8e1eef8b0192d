internal import Glibc

/// The signals that end a process by default and that deepspoold ignores.
enum IgnoredSignals {
  /// The signals: the kernel sends SIGIO when another program opens a file during the check for writers (file lease).
  ///
  /// The others have no meaning for the daemon, but some programs send them to make a daemon
  /// reopen its log.
  private static let numbers = [SIGIO, SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM, SIGPROF, SIGPWR, SIGSTKFLT]

  /// Ignores the signals in this process; call it before other threads start.
  static func ignore() { for number in numbers { signal(number, SIG_IGN) } }
}
