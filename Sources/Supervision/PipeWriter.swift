internal import Glibc

/// Writes whole messages to a pipe that blocks.
enum PipeWriter {
  /// Writes all bytes; returns false if nobody reads.
  ///
  /// `onWritten` receives the size of each part.
  static func write(_ bytes: [UInt8], to descriptor: Int32, onWritten: (Int) -> Void = { _ in }) -> Bool {
    var position = 0
    while position < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress?.advanced(by: position), bytes.count - position)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return false }
      position += count
      onWritten(count)
    }
    return true
  }
}
