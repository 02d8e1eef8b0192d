internal import Glibc

/// Starts programs with default signals, in a process group of their own.
enum ProcessStart {
  /// Starts a program.
  ///
  /// A separate process group, because Ctrl-C in a terminal is for this process only, and because signals to the group
  /// reach the children of the program, too.
  ///
  /// - Parameters:
  ///   - path: The path of the program.
  ///   - arguments: All arguments; the first is the name of the program.
  ///   - environment: Lines `NAME=value`.
  ///   - actions: What happens to the descriptors.
  ///   - processID: Receives the number of the process.
  /// - Returns: 0, or an error number.
  static func spawn(
    _ path: String, _ arguments: [String], environment: [String], _ actions: inout posix_spawn_file_actions_t,
    processID: inout pid_t
  ) -> Int32 {
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var (none, all) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP))
    var arguments: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    var environment: [UnsafeMutablePointer<CChar>?] = environment.map { strdup($0) } + [nil]
    defer { for text in arguments + environment { free(text) } }
    return posix_spawn(&processID, path, &actions, &attributes, &arguments, &environment)
  }
}
