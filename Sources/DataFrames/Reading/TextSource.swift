internal import Glibc

/// A stream of a table's text as UTF-8, or as single bytes of another encoding.
///
/// UTF-16 is converted, with or without a byte order mark. Not Sendable: one thread reads.
final class TextSource {
  private static let stepBytes = 1 << 16
  /// The number of bytes at the beginning that tell UTF-16 without a byte order mark.
  private static let sampledBytes = 4096

  private let source: any ByteReader
  private var decoder: UTF16Decoder?
  /// Bytes that are read from the source but not delivered.
  private var pending: [UInt8] = []
  private var pendingStart = 0
  private var isOpen = false
  private var isSourceAtEnd = false
  private var deliveredBytes = 0

  init(_ source: any ByteReader) { self.source = source }

  /// The encoding, known once text has been read; nil for UTF-8 and for single bytes.
  var wideEncoding: TableLayout.Encoding? {
    decoder.map { $0.isBigEndian ? .utf16BigEndian : .utf16LittleEndian }
  }

  /// Fills `target`; fewer bytes than its size mean the end of the text.
  ///
  /// - Throws: ``FrameError/binary(path:offset:)`` for a zero byte.
  func read(into target: UnsafeMutableRawBufferPointer) throws(FrameError) -> Int {
    if !isOpen { try open() }
    var filled = 0
    while filled < target.count {
      let room = UnsafeMutableRawBufferPointer(rebasing: target[filled...])
      if pendingStart < pending.count {
        filled += takePending(room)
      } else if isSourceAtEnd {
        break
      } else if decoder == nil {
        filled += try source.read(into: room)
        isSourceAtEnd = filled < target.count
      } else {
        deliver(try step())
      }
    }
    if filled > 0, let start = target.baseAddress, let zero = memchr(start, 0, filled) {
      let head = deliveredBytes == 0 ? target.prefix(min(filled, TableFile.headBytes)) : target.prefix(0)
      throw source.binary(head, offset: deliveredBytes + UnsafeRawPointer(start).distance(to: UnsafeRawPointer(zero)))
    }
    deliveredBytes += filled
    return filled
  }

  private func takePending(_ room: UnsafeMutableRawBufferPointer) -> Int {
    let count = min(room.count, pending.count - pendingStart)
    room.copyBytes(from: pending[pendingStart..<pendingStart + count])
    pendingStart += count
    return count
  }

  private func open() throws(FrameError) {
    isOpen = true
    let bytes = try step()
    decoder = UTF16Decoder(beginning: bytes.prefix(Self.sampledBytes))
    deliver(bytes)
  }

  private func deliver(_ bytes: [UInt8]) {
    pending = decoder?.decode(bytes[...], isLast: isSourceAtEnd) ?? bytes
    pendingStart = 0
  }

  private func step() throws(FrameError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: Self.stepBytes)
    let result = bytes.withUnsafeMutableBytes { buffer in
      Result { () throws(FrameError) -> Int in try source.read(into: buffer) }
    }
    let count = try result.get()
    isSourceAtEnd = count < Self.stepBytes
    bytes.removeLast(Self.stepBytes - count)
    return bytes
  }

  /// The size of the whole text, estimated from what has been read of it.
  var expectedBytes: Double {
    guard let decoder, decoder.consumedBytes > 0 else { return source.expectedBytes }
    return source.expectedBytes * Double(decoder.producedBytes) / Double(decoder.consumedBytes)
  }

  /// Returns an error for a failed allocation of `byteCount` bytes.
  func outOfMemory(byteCount: Int) -> FrameError { source.outOfMemory(byteCount: byteCount) }

  /// Starts again from the beginning.
  func rewind() {
    source.rewind()
    decoder = nil
    pending = []
    pendingStart = 0
    isOpen = false
    isSourceAtEnd = false
    deliveredBytes = 0
  }
}
