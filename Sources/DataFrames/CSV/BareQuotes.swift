internal import Glibc

/// Quotes inside quoted fields that are neither doubled nor escaped: `"a 5" disk",3`.
struct BareQuotes {
  /// The line of the first.
  let line: Int
  /// The syntax that reads them as part of their fields.
  let syntax: CSVSyntax

  /// Returns nil if `syntax` divides the text without text behind a closing quote, or if no other does.
  ///
  /// Fields that end only where a separator or a line end follows must divide all of the text evenly.
  init?(_ head: SeparatorGuess.Head, syntax: CSVSyntax) {
    guard !syntax.isLoose, syntax.quoteEscape != .backslash, let start = head.bytes.baseAddress,
      memchr(start, Int32(UInt8(ascii: "\"")), head.bytes.count) != nil
    else { return nil }
    var (doubled, bare) = (syntax, syntax)
    (doubled.quoteEscape, bare.quoteEscape) = (.doubled, .missing)
    guard let line = Self.firstStrayText(head, doubled), Self.isEven(head, bare) else { return nil }
    (self.line, self.syntax) = (line, bare)
  }

  /// Returns the line of the first text behind a closing quote.
  private static func firstStrayText(_ head: SeparatorGuess.Head, _ syntax: CSVSyntax) -> Int? {
    var scanner = scanner(head, syntax)
    var field = CSVScanner.Field()
    var isAtStart = true
    while scanner.firstStrayText == nil, scanner.position < head.bytes.count {
      if isAtStart, scanner.isAtEndAfterEmptyLines() { break }
      if case .field = scanner.next(&field) { isAtStart = false } else { isAtStart = true }
    }
    return scanner.firstStrayText
  }

  /// Returns true if all records have equally many fields, at least two, and no quote lacks its partner.
  private static func isEven(_ head: SeparatorGuess.Head, _ syntax: CSVSyntax) -> Bool {
    var scanner = scanner(head, syntax)
    var field = CSVScanner.Field()
    var (width, count) = (0, 0)
    while count > 0 || !scanner.isAtEndAfterEmptyLines() {
      let ending = scanner.next(&field)
      count += 1
      switch ending {
      case .field: continue
      case .straddlingQuote: return false
      case .unclosedQuote: return !head.isWhole && width > 1
      case .file where !head.isWhole: return width > 1
      case .line, .file:
        if width == 0 { width = count }
        guard count == width else { return false }
        count = 0
      }
    }
    return width > 1
  }

  private static func scanner(_ head: SeparatorGuess.Head, _ syntax: CSVSyntax) -> CSVScanner {
    CSVScanner(
      head.bytes, syntax: syntax, start: head.preamble.byteCount, skippedLines: head.preamble.lineCount)
  }
}
