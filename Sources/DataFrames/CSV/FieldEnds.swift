/// Finds the end of an unquoted field, eight bytes at a time.
struct FieldEnds {
  private static let lowBits: UInt64 = 0x0101_0101_0101_0101
  private static let lineFeeds = lowBits &* UInt64(UInt8(ascii: "\n"))
  private static let carriageReturns = lowBits &* UInt64(UInt8(ascii: "\r"))
  private static let quotes = lowBits &* UInt64(UInt8(ascii: "\""))

  /// The separator in each byte of a word.
  private let separators: UInt64

  init(separator: UInt8) { separators = UInt64(separator) &* Self.lowBits }

  /// Returns a word whose lowest set bit lies in the first byte of `word` that ends a field; 0 without one.
  @inline(__always)
  func ends(_ word: UInt64) -> UInt64 {
    Self.zeros(word ^ separators) | Self.zeros(word ^ Self.lineFeeds) | Self.zeros(word ^ Self.carriageReturns)
  }

  /// Returns a word whose lowest set bit lies in the first quote or line end of `word`; 0 without one.
  @inline(__always)
  static func quotesOrLineEnds(_ word: UInt64) -> UInt64 {
    zeros(word ^ quotes) | zeros(word ^ lineFeeds) | zeros(word ^ carriageReturns)
  }

  /// Returns a word whose lowest set bit lies in the first byte of `word` that is `byte`; 0 without one.
  @inline(__always)
  static func places(of byte: UInt8, in word: UInt64) -> UInt64 { zeros(word ^ (lowBits &* UInt64(byte))) }

  /// Returns a word whose lowest set bit lies in the first zero byte of `word`; 0 without a zero byte.
  @inline(__always)
  private static func zeros(_ word: UInt64) -> UInt64 { (word &- lowBits) & ~word & (lowBits << 7) }

  /// Returns the eight bytes at `start`, the first of which is the lowest.
  @inline(__always)
  static func word(_ start: UnsafePointer<UInt8>) -> UInt64 {
    UInt64(littleEndian: UnsafeRawPointer(start).loadUnaligned(as: UInt64.self))
  }
}
