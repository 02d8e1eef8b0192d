internal import Glibc

/// A stream of a table's text as UTF-8, or as single bytes of windows-1252.
///
/// UTF-16 is converted, with or without a byte order mark, and so are encodings of older systems. Not Sendable: one
/// thread reads.
final class TextSource {
  private static let stepBytes = 1 << 16
  /// The number of bytes at the beginning that tell UTF-16 without a byte order mark.
  private static let sampledBytes = 4096
  /// The number of bytes at the beginning in which the first letter beyond ASCII is looked for.
  private static let searchedBytes = 1 << 20

  private enum Decoder {
    case utf16(UTF16Decoder)
    case legacy(LegacyDecoder)

    var encoding: TableLayout.Encoding {
      switch self {
      case .utf16(let decoder): decoder.isBigEndian ? .utf16BigEndian : .utf16LittleEndian
      case .legacy(let decoder): decoder.encoding.layout
      }
    }

    /// The produced bytes for each byte that has been consumed; nil before the first.
    var growth: Double? {
      let (produced, consumed) =
        switch self {
        case .utf16(let decoder): (decoder.producedBytes, decoder.consumedBytes)
        case .legacy(let decoder): (decoder.producedBytes, decoder.consumedBytes)
        }
      return consumed > 0 ? Double(produced) / Double(consumed) : nil
    }

    mutating func decode(_ bytes: ArraySlice<UInt8>, isLast: Bool) -> [UInt8] {
      switch self {
      case .utf16(var decoder):
        defer { self = .utf16(decoder) }
        return decoder.decode(bytes, isLast: isLast)
      case .legacy(var decoder):
        defer { self = .legacy(decoder) }
        return decoder.decode(bytes)
      }
    }
  }

  private let source: any ByteReader
  private let types: TypeGuess
  private var decoder: Decoder?
  /// Bytes that are read from the source but not delivered.
  private var pending: [UInt8] = []
  private var pendingStart = 0
  private var isOpen = false
  private var isSourceAtEnd = false
  private var deliveredBytes = 0

  /// - `types`: The rules for reading; H2O's know no encodings of older systems.
  init(_ source: any ByteReader, types: TypeGuess) { (self.source, self.types) = (source, types) }

  /// The encoding that is converted, known once text has been read; nil for UTF-8 and windows-1252.
  var convertedEncoding: TableLayout.Encoding? { decoder?.encoding }

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
    var bytes = try step()
    if let wide = UTF16Decoder(beginning: bytes.prefix(Self.sampledBytes)) {
      decoder = .utf16(wide)
    } else if types == .byEvidence {
      var last = bytes
      while !isSourceAtEnd, bytes.count < Self.searchedBytes, last.withUnsafeBufferPointer(PackedText.isPlain) {
        last = try step()
        bytes += last
      }
      decoder = LegacyEncoding(beginning: bytes[...]).map { .legacy(LegacyDecoder($0)) }
    }
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
    source.expectedBytes * (decoder?.growth ?? 1)
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
