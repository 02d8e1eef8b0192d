/// Whole numbers of equal width in bits, low bits first.
struct BitWords {
  private let bytes: UnsafeRawBufferPointer
  private let width: Int
  private let mask: UInt64

  /// - `width`: From 0 to 64 bits.
  init(_ bytes: UnsafeRawBufferPointer, width: Int) {
    self.bytes = bytes
    self.width = width
    mask = width >= 64 ? .max : (1 << UInt64(width)) - 1
  }

  /// The number of complete words.
  var count: Int { width == 0 ? .max : bytes.count * 8 / width }

  /// Returns word `index`, which must be below ``count``.
  @inline(__always)
  subscript(index: Int) -> UInt64 {
    let bit = index * width
    let (byte, shift) = (bit >> 3, UInt64(bit & 7))
    guard byte + 8 <= bytes.count else { return last(byte, shift) }
    let low =
      UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: byte, as: UInt64.self)) >> shift
    guard width > 57, shift > 0, byte + 8 < bytes.count else { return low & mask }
    return (low | UInt64(bytes[byte + 8]) << (64 - shift)) & mask
  }

  /// Returns a word near the end of the bytes.
  private func last(_ byte: Int, _ shift: UInt64) -> UInt64 {
    var word: UInt64 = 0
    var position = byte
    while position < bytes.count, position < byte + 8 {
      word |= UInt64(bytes[position]) << UInt64((position - byte) * 8)
      position += 1
    }
    return (word >> shift) & mask
  }
}
