/// How well the characters of an encoding fit into the words of a text.
///
/// A wrong encoding has capitals and signs within words: `M\u{178}ller` for `Müller`.
struct LetterEvidence {
  /// The characters that fit less those that do not.
  private(set) var score = 0
  /// The characters that are frequent in languages of Western Europe.
  private(set) var frequentCount = 0

  /// The kinds of a character beside letters.
  private enum Kind {
    case small, capital
    /// A sign that may stand before a word.
    case opening
    /// A quote or another sign that may stand before a word, or after one.
    case sign
    /// A mark that joins words.
    case joint
    case control
    case other
  }

  private static let frequent = Set("äöüßåøñçéÄÖÜÉ".unicodeScalars)
  private static let openings = Set("„‚¿¡".unicodeScalars)
  private static let signs = Set("“”‘«»‹›…™®©€£¥¢•°ºª§¶±×÷¹²³¼½¾".unicodeScalars)
  /// Among them no-break spaces and soft hyphens.
  private static let joints = Set("’—–´`·\u{A0}\u{AD}".unicodeScalars)

  /// - Parameters:
  ///   - bytes: The beginning of the text.
  ///   - characters: Those of the bytes from 128 on.
  init(_ bytes: ArraySlice<UInt8>, _ characters: [Unicode.Scalar]) {
    let kinds = characters.map(Self.kind)
    var previous: UInt8 = 0
    for index in bytes.indices {
      let byte = bytes[index]
      if byte >= 0x80 {
        let next = index + 1 < bytes.endIndex ? bytes[index + 1] : 0
        score += Self.fit(kinds[Int(byte) - 0x80], between: previous, and: next)
        if Self.frequent.contains(characters[Int(byte) - 0x80]) { frequentCount += 1 }
      }
      previous = byte
    }
  }

  private static func kind(_ character: Unicode.Scalar) -> Kind {
    if openings.contains(character) { return .opening }
    if signs.contains(character) { return .sign }
    if joints.contains(character) { return .joint }
    switch character.properties.generalCategory {
    case .lowercaseLetter: return .small
    case .uppercaseLetter: return .capital
    case .control, .privateUse: return .control
    default: return .other
    }
  }

  /// Returns 1 for a character that fits between two bytes, -1 for one that does not, and 0 without evidence.
  private static func fit(_ kind: Kind, between previous: UInt8, and next: UInt8) -> Int {
    if kind == .control { return -1 }
    let (before, after) = (isLetter(previous), isLetter(next))
    guard before || after else { return 0 }
    switch kind {
    case .small: return isCapital(previous) && isCapital(next) ? 0 : 1
    case .capital:
      if isSmall(previous) { return -1 }
      return isCapital(previous) && isSmall(next) ? -1 : 1
    case .opening: return before ? -1 : 1
    case .sign: return before && after ? -1 : 1
    case .joint: return 1
    case .other, .control: return before && after ? -1 : 0
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool { isSmall(byte) || isCapital(byte) }

  private static func isSmall(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }

  private static func isCapital(_ byte: UInt8) -> Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) }
}
