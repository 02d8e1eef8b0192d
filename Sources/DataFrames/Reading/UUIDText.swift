/// Recognises UUIDs, which a model cannot learn from.
enum UUIDText {
  /// Returns true for 8-4-4-4-12 hexadecimal digits.
  static func matches(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count == 36 else { return false }
    return bytes.enumerated().allSatisfy { index, byte in
      switch index {
      case 8, 13, 18, 23: byte == UInt8(ascii: "-")
      default: Character(UnicodeScalar(byte)).isHexDigit
      }
    }
  }
}
