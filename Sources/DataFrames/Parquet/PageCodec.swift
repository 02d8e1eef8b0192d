internal import CCodecs

/// The compression of pages.
enum PageCodec: Int {
  case none = 0
  case snappy = 1
  case gzip = 2
  case lzo = 3
  case brotli = 4
  /// LZ4 in Hadoop's frames, or without any.
  case lz4 = 5
  case zstd = 6
  case lz4Raw = 7

  init(code: Int) throws(ParquetFault) {
    guard let codec = Self(rawValue: code) else {
      throw .unsupported(
        "uses compression number \(code), which is not supported; write the table with Zstandard")
    }
    guard codec != .lzo else {
      throw .unsupported(
        "uses LZO compression, which is not supported; write the table with Snappy or Zstandard")
    }
    self = codec
  }

  /// Unpacks `packed`, which must fill `target`.
  func unpack(_ packed: UnsafeRawBufferPointer, into target: UnsafeMutableRawBufferPointer)
    throws(ParquetFault)
  {
    guard target.count > 0 else { return }
    guard let source = packed.baseAddress?.assumingMemoryBound(to: UInt8.self),
      let start = target.baseAddress?.assumingMemoryBound(to: UInt8.self)
    else { throw .damaged("a page has no data") }
    let status: Int32
    switch self {
    case .none:
      guard packed.count == target.count else { throw Self.damaged }
      target.copyMemory(from: packed)
      return
    case .snappy: status = codecs_snappy(source, packed.count, start, target.count)
    case .gzip: status = codecs_gzip(source, packed.count, start, target.count)
    case .brotli: status = codecs_brotli(source, packed.count, start, target.count)
    case .zstd: status = codecs_zstd(source, packed.count, start, target.count)
    case .lz4Raw: status = codecs_lz4(source, packed.count, start, target.count)
    case .lz4:
      let isFramed = Self.unpackFrames(packed, into: target)
      status = isFramed ? 0 : codecs_lz4(source, packed.count, start, target.count)
    case .lzo: throw Self.damaged
    }
    guard status == 0 else { throw Self.damaged }
  }

  private static let damaged = ParquetFault.damaged("a page cannot be unpacked")

  /// Unpacks blocks that their unpacked and packed sizes precede; returns false for other data.
  private static func unpackFrames(
    _ packed: UnsafeRawBufferPointer, into target: UnsafeMutableRawBufferPointer
  ) -> Bool {
    var cursor = ByteCursor(packed)
    var filled = 0
    do throws(ParquetFault) {
      while cursor.remaining > 0 {
        let size = try cursor.bigEndian32()
        let block = try cursor.take(try cursor.bigEndian32())
        guard size <= target.count - filled, let start = target.baseAddress,
          let source = block.baseAddress
        else {
          return false
        }
        let status = codecs_lz4(
          source.assumingMemoryBound(to: UInt8.self), block.count,
          (start + filled).assumingMemoryBound(to: UInt8.self), size)
        guard status == 0 else { return false }
        filled += size
      }
    } catch {
      return false
    }
    return filled == target.count
  }

  /// Returns the CRC-32 of `bytes`.
  static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
    guard let start = bytes.baseAddress else { return 0 }
    return codecs_crc32(start.assumingMemoryBound(to: UInt8.self), bytes.count)
  }
}
