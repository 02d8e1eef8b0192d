/// Bytes at a fixed address, for the masks that kernels read.
///
/// Not Sendable: a buffer belongs to one engine, and an engine to one actor.
final class ByteBuffer {
  let pointer: UnsafeMutablePointer<UInt8>
  let count: Int

  init(repeating byte: UInt8, count: Int) {
    self.count = count
    pointer = .allocate(capacity: max(1, count))
    pointer.initialize(repeating: byte, count: max(1, count))
  }

  deinit { pointer.deallocate() }
}
