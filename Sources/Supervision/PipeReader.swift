internal import Dispatch
internal import Glibc
internal import Threads

/// Reads pipes by threads.
///
/// A thread instead of a source of libdispatch: on Linux, libdispatch can use a source after the hang-up of its pipe has
/// freed it, which crashes the daemon.
enum PipeReader {
  private static let readBytes = 1 << 16

  /// Starts a thread that reads the reports of a process to their end.
  ///
  /// The closures run on `queue`. The thread waits for each, so that a slow consumer slows down the writer.
  /// The pipe blocks, and stays open until `onEnd` is called.
  ///
  /// - Throws: ``SpawnFailure`` if the system has no thread.
  static func start(
    _ process: WorkerProcess, queue: DispatchQueue, onBytes: @escaping @Sendable (ArraySlice<UInt8>) -> Void,
    onEnd: @escaping @Sendable () -> Void
  ) throws(SpawnFailure) {
    let descriptor = process.reports
    var code = process.calls.code(.thread)
    if code == 0 { code = startThread(descriptor, queue, onBytes, onEnd) }
    guard code == 0 else { throw SpawnFailure(operation: "pthread_create", code: code) }
  }

  private static func startThread(
    _ descriptor: Int32, _ queue: DispatchQueue, _ onBytes: @escaping @Sendable (ArraySlice<UInt8>) -> Void,
    _ onEnd: @escaping @Sendable () -> Void
  ) -> Int32 {
    SystemThread.start {
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
  }
}
