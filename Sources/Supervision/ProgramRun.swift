internal import CProcesses
internal import Glibc

/// A run of a foreign program, without a shell and with a time limit.
package struct ProgramRun: Sendable, Equatable {
  /// The way in which the program ended.
  package enum Ending: Sendable, Equatable, CustomStringConvertible {
    case exited(Int32)
    case killed(signal: Int32)
    /// The program was killed at its time limit.
    case overran(seconds: Double)
    /// The system's error number.
    case notStarted(code: Int32)

    package var description: String {
      switch self {
      case .exited(let status): "exited with status \(status)"
      case .killed(let signal): "was killed by signal \(signal)"
      case .overran(let seconds): "was killed because it ran for more than \(Int(seconds.rounded(.up))) s"
      case .notStarted(let code): "could not be started: \(String(cString: strerror(code)))"
      }
    }
  }

  package let path: String
  /// The arguments after the name of the program.
  package let arguments: [String]
  /// Lines `NAME=value`; the program inherits no other variables.
  package let environment: [String]
  /// The path of the file that becomes the standard input.
  package let input: String
  package let limitSeconds: Double

  package init(path: String, arguments: [String], environment: [String], input: String, limitSeconds: Double) {
    self.path = path
    self.arguments = arguments
    self.environment = environment
    self.input = input
    self.limitSeconds = limitSeconds
  }

  /// Runs the program to its end, or to the limit, at which it is killed with the children in its process group.
  ///
  /// Output and errors go where those of this process go. The calling thread blocks.
  package func run() -> Ending {
    var processID = pid_t()
    let code = spawn(&processID)
    guard code == 0 else { return .notStarted(code: code) }
    let milliseconds = Int32(min(limitSeconds * 1000, Double(Int32.max - 1)).rounded(.up))
    let hasEnded = cprocesses_wait_for_end(processID, milliseconds) != 0
    // Also ends what the program has left behind in its group.
    kill(-processID, SIGKILL)
    var status: Int32 = 0
    while waitpid(processID, &status, 0) < 0, errno == EINTR {}
    guard hasEnded else { return .overran(seconds: limitSeconds) }
    let signal = status & 0x7f
    return signal == 0 ? .exited(status >> 8 & 0xff) : .killed(signal: signal)
  }

  private func spawn(_ processID: inout pid_t) -> Int32 {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, input, O_RDONLY, 0)
    cprocesses_close_from(&actions, STDERR_FILENO + 1)
    return ProcessStart.spawn(path, [path] + arguments, environment: environment, &actions, processID: &processID)
  }
}
