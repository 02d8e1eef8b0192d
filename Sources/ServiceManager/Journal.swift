internal import CSystemd
internal import Glibc

/// A writer to the systemd journal, or to standard error as plain lines outside systemd.
package struct Journal: Sendable {
  private let isConnected: Bool

  /// Creates a journal.
  ///
  /// `environment`: The environment, whose JOURNAL_STREAM identifies the journal.
  package init(environment: [String: String]) {
    var status = stat()
    isConnected =
      fstat(STDERR_FILENO, &status) == 0
      && environment["JOURNAL_STREAM"] == "\(status.st_dev):\(status.st_ino)"
  }

  package func write(_ entry: JournalEntry) {
    guard isConnected, send(entry.lines) else { return writeLine(entry.readableLine) }
  }

  private func send(_ lines: [String]) -> Bool {
    let buffers = lines.map { line in
      let bytes = Array(line.utf8)
      let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, bytes.count), alignment: 1)
      buffer.copyBytes(from: bytes)
      return iovec(iov_base: buffer.baseAddress, iov_len: bytes.count)
    }
    defer { for buffer in buffers { buffer.iov_base?.deallocate() } }
    return sd_journal_sendv(buffers, Int32(buffers.count)) == 0
  }

  private func writeLine(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    _ = bytes.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}
