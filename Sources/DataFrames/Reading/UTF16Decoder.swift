/// Converts UTF-16 to UTF-8, piece by piece.
///
/// Half of a surrogate pair becomes U+FFFD, and so does a single byte at the end, unless it is half of a line end.
struct UTF16Decoder {
  let isBigEndian: Bool
  private(set) var consumedBytes = 0
  private(set) var producedBytes = 0
  private var isAtStart = true
  /// The first byte of a unit that the next piece completes.
  private var oddByte: UInt8?
  private var highSurrogate: UInt32?

  /// Recognises UTF-16 by its byte order mark, or by zeros in every other byte; nil for another encoding.
  init?(beginning bytes: ArraySlice<UInt8>) {
    let start = bytes.startIndex
    if bytes.starts(with: [0xFF, 0xFE]), !bytes.starts(with: [0xFF, 0xFE, 0, 0]) {
      isBigEndian = false
    } else if bytes.starts(with: [0xFE, 0xFF]) {
      isBigEndian = true
    } else {
      var zeros = (even: 0, odd: 0)
      for index in bytes.indices where bytes[index] == 0 {
        if (index - start).isMultiple(of: 2) { zeros.even += 1 } else { zeros.odd += 1 }
      }
      // Digits, separators and line ends have a zero byte in any language; a few other characters have one in the
      // other place.
      let (fewer, more) = (min(zeros.even, zeros.odd), max(zeros.even, zeros.odd))
      isBigEndian = zeros.even > zeros.odd
      guard more >= max(2, bytes.count / 12), 8 * fewer <= more,
        Self.isText(bytes, isBigEndian: isBigEndian)
      else { return nil }
    }
  }

  /// Returns true if no unit is a control character other than a tab or a line end.
  private static func isText(_ bytes: ArraySlice<UInt8>, isBigEndian: Bool) -> Bool {
    var index = bytes.startIndex
    while index + 1 < bytes.endIndex {
      let (high, low) = isBigEndian ? (bytes[index], bytes[index + 1]) : (bytes[index + 1], bytes[index])
      if high == 0, low < 32, low != 9, low != 10, low != 13, low != 26 { return false }
      index += 2
    }
    return true
  }

  /// Returns the next piece as UTF-8, without the byte order mark.
  mutating func decode(_ bytes: ArraySlice<UInt8>, isLast: Bool) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    for byte in bytes {
      guard let first = oddByte else {
        oddByte = byte
        continue
      }
      oddByte = nil
      let unit = isBigEndian ? UInt32(first) << 8 | UInt32(byte) : UInt32(byte) << 8 | UInt32(first)
      if !(isAtStart && unit == 0xFEFF) { take(unit, &text) }
      isAtStart = false
    }
    if isLast {
      let isCut = oddByte.map { $0 != 0 && $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") } ?? false
      if highSurrogate != nil || isCut { Self.append(0xFFFD, &text) }
      highSurrogate = nil
      oddByte = nil
    }
    consumedBytes += bytes.count
    producedBytes += text.count
    return text
  }

  private mutating func take(_ unit: UInt32, _ text: inout [UInt8]) {
    if let high = highSurrogate {
      highSurrogate = nil
      if (0xDC00...0xDFFF).contains(unit) {
        return Self.append(0x10000 + (high - 0xD800) << 10 + (unit - 0xDC00), &text)
      }
      Self.append(0xFFFD, &text)
    }
    switch unit {
    case 0xD800...0xDBFF: highSurrogate = unit
    case 0xDC00...0xDFFF: Self.append(0xFFFD, &text)
    default: Self.append(unit, &text)
    }
  }

  private static func append(_ code: UInt32, _ text: inout [UInt8]) {
    guard code >= 0x80 else { return text.append(UInt8(code)) }
    text.append(contentsOf: UTF8.encode(Unicode.Scalar(code) ?? "\u{FFFD}") ?? .encodedReplacementCharacter)
  }
}
