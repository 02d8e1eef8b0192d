/// An encoding of single bytes of older systems, which bytes tell from windows-1252 by the words that they make.
///
/// Excel writes both: "CSV (Macintosh)" and "CSV (MS-DOS)".
enum LegacyEncoding: CaseIterable, Sendable {
  case macRoman
  case codePage850

  private static let macRomanText =
    "ÄÅÇÉÑÖÜáàâäãåçéè"
    + "êëíìîïñóòôöõúùûü"
    + "†°¢£§•¶ß®©™´¨≠ÆØ"
    + "∞±≤≥¥µ∂∑∏π∫ªºΩæø"
    + "¿¡¬√ƒ≈∆«»…\u{A0}ÀÃÕŒœ"
    + "–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ"
    + "‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ"
    + "\u{F8FF}ÒÚÛÙı\u{2C6}\u{2DC}\u{AF}\u{2D8}\u{2D9}\u{2DA}\u{B8}\u{2DD}\u{2DB}\u{2C7}"
  private static let codePage850Text =
    "ÇüéâäàåçêëèïîìÄÅ"
    + "ÉæÆôöòûùÿÖÜø£Ø×ƒ"
    + "áíóúñÑªº¿®¬½¼¡«»"
    + "░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐"
    + "└┴┬├─┼ãÃ╚╔╩╦╠═╬¤"
    + "ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀"
    + "ÓßÔÒõÕµþÞÚÛÙýÝ\u{AF}´"
    + "\u{AD}±‗¾¶§÷\u{B8}°¨·¹³²■\u{A0}"
  private static let macRomanCharacters = Array(macRomanText.unicodeScalars)
  private static let codePage850Characters = Array(codePage850Text.unicodeScalars)

  /// The characters of the bytes from 128 on.
  var characters: [Unicode.Scalar] {
    switch self {
    case .macRoman: Self.macRomanCharacters
    case .codePage850: Self.codePage850Characters
    }
  }

  var layout: TableLayout.Encoding {
    switch self {
    case .macRoman: .macRoman
    case .codePage850: .codePage850
    }
  }

  /// Recognises the encoding of a text by its beginning; nil for UTF-8 and windows-1252.
  init?(beginning bytes: ArraySlice<UInt8>) {
    guard bytes.contains(where: { $0 >= 0x80 }), !Self.isRatherUTF8(bytes) else { return nil }
    let western = LetterEvidence(bytes, Windows1252.characters).score
    let found = Self.allCases.map { (encoding: $0, evidence: LetterEvidence(bytes, $0.characters)) }
    let best = found.max { one, other in
      (one.evidence.score, one.evidence.frequentCount) < (other.evidence.score, other.evidence.frequentCount)
    }
    // One word is no evidence against the most frequent encoding.
    guard let best, best.evidence.score > 0, best.evidence.score >= western + 2 else { return nil }
    self = best.encoding
  }

  /// Returns true if at least as many bytes beyond ASCII begin a character of UTF-8 as do not.
  ///
  /// A character that the end of the bytes cuts counts as neither, because the bytes are the beginning of a text.
  private static func isRatherUTF8(_ bytes: ArraySlice<UInt8>) -> Bool {
    var (valid, invalid) = (0, 0)
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let byte = bytes[index]
      guard byte >= 0x80 else {
        index += 1
        continue
      }
      let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC2 ? 2 : 0
      let rest = bytes[(index + 1)...].prefix(max(0, length - 1))
      let mayContinue = length > 0 && rest.allSatisfy { $0 & 0xC0 == 0x80 }
      // One byte alone says little: the last letter of a text in another encoding also looks like a beginning.
      if mayContinue, rest.count < length - 1, !rest.isEmpty || valid > 0 { break }
      let isWhole = mayContinue && rest.count == length - 1
      if isWhole { valid += 1 } else { invalid += 1 }
      index += isWhole ? length : 1
    }
    return valid >= invalid
  }
}

/// Converts single bytes to UTF-8, piece by piece.
struct LegacyDecoder {
  let encoding: LegacyEncoding
  private(set) var consumedBytes = 0
  private(set) var producedBytes = 0
  /// The UTF-8 of the bytes from 128 on.
  private let codes: [[UInt8]]

  init(_ encoding: LegacyEncoding) {
    self.encoding = encoding
    codes = encoding.characters.map { Array(String($0).utf8) }
  }

  /// Returns the next piece as UTF-8.
  mutating func decode(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count + bytes.count / 8)
    for byte in bytes {
      if byte < 0x80 { text.append(byte) } else { text += codes[Int(byte) - 0x80] }
    }
    consumedBytes += bytes.count
    producedBytes += text.count
    return text
  }
}
