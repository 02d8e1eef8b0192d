internal import DurableFiles
internal import Glibc
internal import Wording

/// Prints a text to standard output with control characters escaped, since names and messages come from outside.
func print(_ text: String, terminator: String = "\n") {
  Swift.print(text.escapingControls, terminator: terminator)
}

/// Output of the command line: results to standard output, messages to standard error.
enum Terminal {
  static let isInteractive = isatty(STDERR_FILENO) == 1

  /// Prints a message; a failure to print it is ignored.
  static func note(_ message: String) {
    try? write(message.escapingControls + "\n", to: STDERR_FILENO, name: "standard error")
  }

  /// Replaces the current line of the terminal.
  static func replaceLine(_ text: String) {
    try? write("\r\u{1B}[K" + text.escapingControls, to: STDERR_FILENO, name: "standard error")
  }

  /// Writes a part of the result: unchanged to a file or pipe, with control characters escaped to a terminal.
  ///
  /// - Throws: ``FileSystemError`` if it cannot be written completely.
  static func output(_ text: String) throws(FileSystemError) {
    let isTerminal = isatty(STDOUT_FILENO) == 1
    try write(isTerminal ? text.escapingControls : text, to: STDOUT_FILENO, name: "standard output")
  }

  private static func write(_ text: String, to descriptor: Int32, name: String) throws(FileSystemError) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      if count < 0, errno == EAGAIN {
        // Another process has made the shared pipe non-blocking.
        var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&waiting, 1, -1)
        continue
      }
      guard count > 0 else { throw FileSystemError(operation: "write to", path: name, code: errno) }
      bytes = bytes.dropFirst(count)
    }
  }
}
