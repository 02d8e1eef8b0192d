/// The text of a cell, which arrives in pieces.
struct CellText {
  /// Excel's limit is 32,767 characters, of at most four bytes.
  static let maximumBytes = 4 * 32_767

  private(set) var bytes: [UInt8] = []

  mutating func append(_ piece: UnsafeBufferPointer<UInt8>) throws(XMLProblem) {
    guard bytes.count + piece.count <= Self.maximumBytes else {
      throw XMLProblem("the text of a cell exceeds \(Self.maximumBytes) bytes")
    }
    bytes.append(contentsOf: piece)
  }

  mutating func clear() { bytes.removeAll(keepingCapacity: true) }

  /// Replaces the escapes `_xHHHH_`, which stand for characters that XML cannot hold, and cuts blanks at both ends.
  mutating func unescape() {
    if bytes.contains(UInt8(ascii: "_")) { bytes = Self.unescaped(bytes) }
    while let last = bytes.last, Self.isBlank(last) { bytes.removeLast() }
    if let first = bytes.first, Self.isBlank(first) {
      bytes.removeFirst(bytes.firstIndex { !Self.isBlank($0) } ?? bytes.count)
    }
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  private static func unescaped(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      if let character = character(bytes[index...]) {
        result.append(contentsOf: String(character).utf8)
        index += escapeBytes
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return result
  }

  private static let escapeBytes = 7

  /// Returns the character of an escape at the beginning of `bytes`; nil without one, and for zero and half characters.
  private static func character(_ bytes: ArraySlice<UInt8>) -> Unicode.Scalar? {
    let escape = Array(bytes.prefix(escapeBytes))
    guard escape.count == escapeBytes, escape[0] == UInt8(ascii: "_"), escape[1] == UInt8(ascii: "x"),
      escape[6] == UInt8(ascii: "_"),
      escape[2...5].allSatisfy({ UnicodeScalar($0).properties.isASCIIHexDigit }),
      let value = UInt32(String(decoding: escape[2...5], as: UTF8.self), radix: 16), value != 0
    else { return nil }
    return Unicode.Scalar(value)
  }
}
