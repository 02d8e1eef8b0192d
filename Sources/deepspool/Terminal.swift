internal import DurableFiles
internal import FoundationEssentials
internal import Glibc
internal import Synchronization
internal import Wording

/// Prints a text to standard output with control characters escaped, since names and messages come from outside.
///
/// Each call is one write, so that readers of a pipe see complete lines at once.
///
/// - Throws: `FileSystemError` if it cannot be written completely.
func print(_ text: String, terminator: String = "\n") throws(FileSystemError) {
  try Terminal.write(text.escapingControls + terminator, to: .output)
}

/// Output of the command line: results to standard output, messages to standard error.
enum Terminal {
  /// A standard stream of the process.
  enum Stream: Int32 {
    case output = 1
    case errors = 2

    var name: String { self == .output ? "standard output" : "standard error" }

    /// Whether a person reads the stream.
    var isTerminal: Bool { isatty(rawValue) == 1 }

    /// The number of characters in a line of the terminal; nil for a pipe or file, which take lines of any length.
    var width: Int? {
      guard isTerminal else { return nil }
      var size = winsize()
      guard ioctl(rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return Self.usualWidth }
      return Int(size.ws_col)
    }

    /// The number of lines of the terminal; nil for a pipe or file.
    var height: Int? {
      guard isTerminal else { return nil }
      var size = winsize()
      guard ioctl(rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_row > 0 else { return Self.usualHeight }
      return Int(size.ws_row)
    }

    private static let (usualWidth, usualHeight) = (80, 24)
  }

  /// The exit status of shells for a program that SIGPIPE ended.
  private static let closedPipeStatus: Int32 = 128 + SIGPIPE

  /// Whether progress may replace its line on standard error.
  static let isInteractive = Stream.errors.isTerminal

  /// Whether the last line on standard error is open, and the next text replaces it.
  private static let hasOpenLine = Atomic(false)
  private static let eraseLine = "\r\u{1B}[K"

  /// Prints a message in place of an open line; a failure to print it is ignored.
  static func note(_ message: String) {
    let start = hasOpenLine.exchange(false, ordering: .relaxed) ? eraseLine : ""
    try? write(start + Style.errors.marked(message.escapingControls) + "\n", to: .errors)
  }

  /// Prints a line of JSON to standard error; a failure to print it is ignored.
  static func noteJSON(_ line: String) { try? write(line.escapingControls + "\n", to: .errors) }

  /// Replaces the current line of the terminal, and leaves it open; what does not fit into it is left out.
  static func replaceLine(_ text: String) {
    let width = (Stream.errors.width ?? .max) - 1
    hasOpenLine.store(!text.isEmpty, ordering: .relaxed)
    try? write(eraseLine + text.escapingControls.onOneLine.shortened(to: width), to: .errors)
  }

  /// Writes a part of the result: unchanged to a file or pipe, with control characters escaped to a terminal.
  ///
  /// - Throws: `FileSystemError` if it cannot be written completely.
  static func output(_ text: String) throws(FileSystemError) {
    try write(Stream.output.isTerminal ? text.escapingControls : text, to: .output)
  }

  /// Writes a text that may hold the colours of a ``Style``; its callers escape what comes from outside.
  ///
  /// - Throws: `FileSystemError` if it cannot be written completely.
  static func write(_ text: String, to stream: Stream) throws(FileSystemError) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(stream.rawValue, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      if count < 0, errno == EAGAIN {
        // Another process has made the shared pipe non-blocking.
        var waiting = pollfd(fd: stream.rawValue, events: Int16(POLLOUT), revents: 0)
        _ = poll(&waiting, 1, -1)
        continue
      }
      // A reader such as `head` has what it wants; other programs end by SIGPIPE without a word, too.
      if count < 0, errno == EPIPE, stream == .output { exit(closedPipeStatus) }
      guard count > 0 else { throw FileSystemError(operation: "write to", path: stream.name, code: errno) }
      bytes = bytes.dropFirst(count)
    }
  }
}
