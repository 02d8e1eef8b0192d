internal import Glibc
package import JobEvents

/// The worker's end of the order pipe.
package struct OrderPipe {
  private static let readBytes = 1 << 16

  private let descriptor: Int32
  private var buffer = LineBuffer()
  private var lines: ArraySlice<[UInt8]> = []

  package init(descriptor: Int32 = WorkerProcess.ordersDescriptor) { self.descriptor = descriptor }

  /// Waits for the next order.
  ///
  /// - Returns: Nil if the supervisor is gone or has sent an invalid order.
  package mutating func next() -> WorkerOrder? {
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
