/// A position in bytes that checks every step.
struct ByteCursor {
  private let bytes: UnsafeRawBufferPointer
  private(set) var position = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  var remaining: Int { bytes.count - position }

  mutating func byte() throws(ParquetFault) -> UInt8 {
    guard position < bytes.count else { throw .damaged("the data end too early") }
    defer { position += 1 }
    return bytes[position]
  }

  /// Returns the next `count` bytes, which are not copied.
  mutating func take(_ count: Int) throws(ParquetFault) -> UnsafeRawBufferPointer {
    guard count >= 0, count <= remaining else { throw .damaged("the data end too early") }
    defer { position += count }
    return UnsafeRawBufferPointer(rebasing: bytes[position..<position + count])
  }

  /// The bytes that are left.
  var unread: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: bytes[position...]) }

  /// Returns the bytes that are left, and moves behind them.
  mutating func rest() -> UnsafeRawBufferPointer {
    defer { position = bytes.count }
    return unread
  }

  /// Reads a whole number of seven bits a byte, low bits first.
  mutating func varint() throws(ParquetFault) -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 7) {
      let byte = try byte()
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
    }
    throw .damaged("a number is too long")
  }

  /// Reads a whole number whose lowest bit is its sign.
  mutating func zigzag() throws(ParquetFault) -> Int64 {
    let value = try varint()
    return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
  }

  /// Reads a size or count as a varint; it is refused beyond `limit`.
  mutating func count(limit: Int) throws(ParquetFault) -> Int {
    let value = try varint()
    guard value <= UInt64(limit) else {
      throw .damaged("a count of \(value), where at most \(limit) are possible")
    }
    return Int(value)
  }

  /// Reads four bytes, low byte first.
  mutating func integer32() throws(ParquetFault) -> Int {
    Int(UInt32(littleEndian: try take(4).loadUnaligned(as: UInt32.self)))
  }

  /// Reads four bytes, high byte first.
  mutating func bigEndian32() throws(ParquetFault) -> Int {
    Int(UInt32(bigEndian: try take(4).loadUnaligned(as: UInt32.self)))
  }
}
