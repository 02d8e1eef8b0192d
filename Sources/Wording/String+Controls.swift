extension String {
  /// The text with control characters as escapes such as `\u001b`, except line feeds and tabs.
  ///
  /// Names and messages come from outside. Raw control characters in them could move the cursor of a
  /// terminal, change its colours or hide text. The escapes keep JSON valid.
  package var escapingControls: String {
    guard unicodeScalars.contains(where: Self.isEscaped) else { return self }
    var text = ""
    for scalar in unicodeScalars {
      guard Self.isEscaped(scalar) else {
        text.unicodeScalars.append(scalar)
        continue
      }
      let digits = String(scalar.value, radix: 16)
      text += "\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
    return text
  }

  /// The text in one line: line feeds, tabs and the characters that ``escapingControls`` escapes become U+FFFD.
  ///
  /// For texts in which a line of its own would look like a separate entry.
  package var replacingControls: String {
    func isControl(_ scalar: Unicode.Scalar) -> Bool { Self.isEscaped(scalar) || scalar == "\n" || scalar == "\t" }
    guard unicodeScalars.contains(where: isControl) else { return self }
    return String(UnicodeScalarView(unicodeScalars.map { isControl($0) ? "\u{FFFD}" : $0 }))
  }

  private static func isEscaped(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "\n", "\t": false
    case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}": true
    // Marks that change the direction of text, and separators of lines.
    case "\u{200E}", "\u{200F}", "\u{2028}"..."\u{202E}", "\u{2066}"..."\u{2069}": true
    default: false
    }
  }
}
