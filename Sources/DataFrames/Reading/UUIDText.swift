/// Recognises UUIDs, which a model cannot learn from.
enum UUIDText {
  /// Returns true for 8-4-4-4-12 hexadecimal digits.
  static func matches(_ text: String) -> Bool {
    var copy = text
    return copy.withUTF8 { matches($0) }
  }

  static func matches(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard bytes.count == 36 else { return false }
    return bytes.enumerated().allSatisfy { index, byte in
      switch index {
      case 8, 13, 18, 23: byte == UInt8(ascii: "-")
      default: byte &- 48 < 10 || (byte | 0x20) &- 97 < 6
      }
    }
  }
}
