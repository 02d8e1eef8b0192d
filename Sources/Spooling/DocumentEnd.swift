/// The end of a document, which shows whether its writer is done.
package enum DocumentEnd {
  private static let blanks: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D]
  private static let (quote, backslash) = (UInt8(ascii: "\""), UInt8(ascii: "\\"))
  private static let (opening, closing) = (Set("{[".utf8), Set("}]".utf8))

  /// Returns whether a text may be complete: its last line has a line break, or all brackets of a JSON text are closed.
  ///
  /// A text that was cut at a line break looks complete too.
  package static func isComplete(_ text: [UInt8]) -> Bool {
    guard text.last != UInt8(ascii: "\n") else { return true }
    guard let first = text.first(where: { !blanks.contains($0) }), opening.contains(first) else { return false }
    return areBracketsClosed(text)
  }

  private static func areBracketsClosed(_ text: [UInt8]) -> Bool {
    var (depth, isQuoted, isEscaped) = (0, false, false)
    for byte in text {
      if isEscaped {
        isEscaped = false
      } else if isQuoted {
        isQuoted = byte != quote
        isEscaped = byte == backslash
      } else if byte == quote {
        isQuoted = true
      } else if opening.contains(byte) {
        depth += 1
      } else if closing.contains(byte) {
        depth -= 1
      }
    }
    return depth == 0 && !isQuoted
  }
}
