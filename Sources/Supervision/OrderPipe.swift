internal import Glibc
internal import JobEvents

/// The end of a pipe that brings orders or questions to a child process.
package struct OrderPipe {
  private static let readBytes = 1 << 16

  private let descriptor: Int32
  private var buffer = LineBuffer()
  private var lines: ArraySlice<[UInt8]> = []

  package init(descriptor: Int32 = WorkerProcess.ordersDescriptor) { self.descriptor = descriptor }

  /// Waits for the next message.
  ///
  /// - Returns: Nil if the parent is gone or has sent an invalid message.
  package mutating func next<Message: Codable>() -> Message? {
    while true {
      if let line = lines.popFirst() { return try? MessageLine.message(line) }
      var piece = [UInt8](repeating: 0, count: Self.readBytes)
      let count = read(descriptor, &piece, piece.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0, let complete = buffer.add(piece[..<count]) else { return nil }
      lines = complete[...]
    }
  }
}
