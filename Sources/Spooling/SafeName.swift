/// Names of files without characters that need care in paths, shells and field names.
enum SafeName {
  private static let otherLetters = ["SHARP S": "ss", "DOTLESS I": "i", "AE": "ae", "OE": "oe", "IJ": "ij"]

  /// Returns `name` with ASCII letters, digits, points, underscores and hyphens only; such a name is unchanged.
  ///
  /// Latin letters lose their accents. A hyphen stands for other characters in a row, and none at the ends.
  static func of(_ name: String) -> String {
    var safe = ""
    var hasGap = false
    for scalar in name.unicodeScalars {
      guard let letters = letters(of: scalar) else {
        hasGap = true
        continue
      }
      if hasGap, !safe.isEmpty { safe += "-" }
      hasGap = false
      safe += letters
    }
    return safe
  }

  /// Returns the safe characters for a character: none for an accent; nil if there are none.
  private static func letters(of scalar: Unicode.Scalar) -> String? {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", ".", "_", "-": String(scalar)
    default: scalar.properties.generalCategory == .nonspacingMark ? "" : latinLetters(scalar.properties.name ?? "")
    }
  }

  /// `name`: The Unicode name of a character, such as `LATIN SMALL LETTER A WITH DIAERESIS`.
  private static func latinLetters(_ name: String) -> String? {
    for (kind, isSmall) in [("LATIN SMALL LETTER ", true), ("LATIN CAPITAL LETTER ", false)] where name.hasPrefix(kind)
    {
      let words = name.dropFirst(kind.count)
      let letter = String(words.firstRange(of: " WITH ").map { words[..<$0.lowerBound] } ?? words)
      guard let letters = letter.count == 1 ? letter.lowercased() : otherLetters[letter] else { return nil }
      return isSmall ? letters : letters.uppercased()
    }
    return nil
  }
}
