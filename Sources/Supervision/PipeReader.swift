internal import Dispatch
internal import Glibc

/// Reads pipes by threads.
///
/// A thread instead of a source of libdispatch: on Linux, libdispatch can use a source after the hang-up of its pipe has
/// freed it, which crashes the daemon.
enum PipeReader {
  private static let readBytes = 1 << 16

  /// Starts a thread that reads a pipe to its end; returns false if the system has none.
  ///
  /// The closures run on `queue`. The thread waits for each, so that a slow consumer slows down the writer.
  /// `descriptor` blocks, and stays open until `onEnd` is called.
  static func start(
    _ descriptor: Int32, queue: DispatchQueue, onBytes: @escaping @Sendable (ArraySlice<UInt8>) -> Void,
    onEnd: @escaping @Sendable () -> Void
  ) -> Bool {
    let code = DetachedThread.start {
      var bytes = [UInt8](repeating: 0, count: readBytes)
      while true {
        let count = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { break }
        let piece = bytes[..<count]
        queue.sync { onBytes(piece) }
      }
      queue.async(execute: onEnd)
    }
    return code == 0
  }
}
