internal import Glibc

/// Finds where records end, from quote to quote instead of field by field.
///
/// It comes to the same result as ``CSVScanner``, for texts whose quotes are escaped by doubling.
struct QuotedRecords {
  private static let quote = UInt8(ascii: "\"")
  private static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")
  private static let blank = UInt8(ascii: " ")
  private static let tab = UInt8(ascii: "\t")

  private let bytes: UnsafeBufferPointer<UInt8>
  private let separator: UInt8
  private let isLoose: Bool

  /// Returns nil for a syntax that takes a scan field by field.
  init?(_ bytes: UnsafeBufferPointer<UInt8>, syntax: CSVSyntax) {
    guard syntax.comment == nil, syntax.quoteEscape == .doubled, syntax.separator != Self.blank else { return nil }
    self.bytes = bytes
    separator = syntax.separator
    isLoose = syntax.isLoose
  }

  /// Returns the end of the last record that is certainly complete; 0 if there is none.
  ///
  /// - `start`: The position of the first record.
  func last(from start: Int) -> Int {
    var position = start
    var isFieldStart = true
    // The pieces of the text outside of quotes.
    var pieces: [Range<Int>] = []
    while let opening = next(Self.quote, from: position) {
      pieces.append(position..<opening)
      guard opensField(opening, from: position, isFieldStart: isFieldStart) else {
        position = opening + 1
        isFieldStart = false
        continue
      }
      guard let closing = closingQuote(from: opening + 1) else { return lastLineEnd(pieces) }
      position = closing + 1
      var hasStrayText = false
      while position < bytes.count, !endsField(bytes[position]) {
        hasStrayText = hasStrayText || (bytes[position] != Self.blank && bytes[position] != Self.tab)
        position += 1
      }
      if hasStrayText, !isLoose, let lineEnd = next(Self.lineFeed, from: opening), lineEnd < closing {
        // A quote without its partner: the parser refuses the text here.
        return bytes.count
      }
      isFieldStart = false
    }
    // The last byte may be the first half of CRLF.
    if position < bytes.count - 1 { pieces.append(position..<bytes.count - 1) }
    return lastLineEnd(pieces)
  }

  @inline(__always)
  private func endsField(_ byte: UInt8) -> Bool {
    byte == separator || byte == Self.lineFeed || byte == Self.carriageReturn
  }

  /// Returns true if only blanks stand between the quote and the field's beginning, at `start` or behind a separator.
  private func opensField(_ quote: Int, from start: Int, isFieldStart: Bool) -> Bool {
    var before = quote
    while before > start, bytes[before - 1] == Self.blank { before -= 1 }
    return before > start ? endsField(bytes[before - 1]) : isFieldStart
  }

  private func closingQuote(from start: Int) -> Int? {
    var position = start
    while let closing = next(Self.quote, from: position) {
      guard closing + 1 < bytes.count, bytes[closing + 1] == Self.quote else { return closing }
      position = closing + 2
    }
    return nil
  }

  private func next(_ byte: UInt8, from start: Int) -> Int? {
    guard let base = bytes.baseAddress, start < bytes.count else { return nil }
    return memchr(base + start, Int32(byte), bytes.count - start).map { UnsafeRawPointer(base).distance(to: $0) }
  }

  /// Returns the position behind the last line end in the pieces; LF decides in a piece that has one.
  private func lastLineEnd(_ pieces: [Range<Int>]) -> Int {
    for piece in pieces.reversed() {
      let text = bytes[piece]
      let found = text.lastIndex(of: Self.lineFeed) ?? text.lastIndex(of: Self.carriageReturn)
      if let found { return found + 1 }
    }
    return 0
  }
}
