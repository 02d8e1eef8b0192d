internal import Glibc

/// Results go to standard output, messages to standard error.
enum Terminal {
  static let isInteractive = isatty(STDERR_FILENO) == 1

  static func note(_ message: String) { write(message + "\n", to: STDERR_FILENO) }

  /// Replaces the current line of the terminal.
  static func replaceLine(_ text: String) { write("\r\u{1B}[K" + text, to: STDERR_FILENO) }

  static func write(_ text: String, to descriptor: Int32) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { return }
      bytes = bytes.dropFirst(count)
    }
  }
}
