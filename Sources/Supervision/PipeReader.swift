internal import Dispatch
internal import Glibc

/// A thread that reads a pipe to its end and passes the content to a queue.
///
/// A thread instead of a source of libdispatch: on Linux, libdispatch can use a source after the hang-up of its pipe has
/// freed it, which crashes the daemon.
final class PipeReader: Sendable {
  private static let readBytes = 1 << 16

  private let descriptor: Int32
  private let queue: DispatchQueue
  private let onBytes: @Sendable (ArraySlice<UInt8>) -> Void
  private let onEnd: @Sendable () -> Void

  private init(
    _ descriptor: Int32, queue: DispatchQueue, onBytes: @escaping @Sendable (ArraySlice<UInt8>) -> Void,
    onEnd: @escaping @Sendable () -> Void
  ) {
    self.descriptor = descriptor
    self.queue = queue
    self.onBytes = onBytes
    self.onEnd = onEnd
  }

  /// Starts the thread; returns false if the system has none.
  ///
  /// The closures run on `queue`. The thread waits for each, so that a slow consumer slows down the writer.
  /// `descriptor` blocks, and stays open until `onEnd` is called.
  static func start(
    _ descriptor: Int32, queue: DispatchQueue, onBytes: @escaping @Sendable (ArraySlice<UInt8>) -> Void,
    onEnd: @escaping @Sendable () -> Void
  ) -> Bool {
    let reader = Unmanaged.passRetained(PipeReader(descriptor, queue: queue, onBytes: onBytes, onEnd: onEnd))
    var thread = pthread_t()
    let code = pthread_create(
      &thread, nil,
      { context in
        if let context { Unmanaged<PipeReader>.fromOpaque(context).takeRetainedValue().run() }
        return nil
      }, reader.toOpaque())
    guard code == 0 else {
      reader.release()
      return false
    }
    pthread_detach(thread)
    return true
  }

  private func run() {
    var bytes = [UInt8](repeating: 0, count: Self.readBytes)
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
