/// The single-byte encoding of Western Windows systems, which extends Latin-1 by characters such as the euro sign.
enum Windows1252 {
  /// The characters of the bytes 0x80 to 0x9F; five of the bytes stand for control characters.
  private static let extensions: [UInt32] = [
    0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D,
    0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,
    0x017E, 0x0178,
  ]

  static func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    var scalars = String.UnicodeScalarView()
    for byte in bytes { scalars.append(character(byte)) }
    return String(scalars)
  }

  /// The characters of the bytes from 128 on.
  static var characters: [Unicode.Scalar] { (0x80...0xFF).map(character) }

  private static let codes = Dictionary(uniqueKeysWithValues: zip(characters, UInt8(0x80)...0xFF))

  /// Returns the bytes of a text; nil if it has other characters.
  static func bytes(_ text: String) -> [UInt8]? {
    let bytes = text.unicodeScalars.compactMap { $0.isASCII ? UInt8($0.value) : codes[$0] }
    return bytes.count == text.unicodeScalars.count ? bytes : nil
  }

  private static func character(_ byte: UInt8) -> Unicode.Scalar {
    let code = (0x80...0x9F).contains(byte) ? extensions[Int(byte) - 0x80] : UInt32(byte)
    return Unicode.Scalar(code) ?? "\u{FFFD}"
  }
}
