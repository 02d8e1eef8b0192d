/// Splits bytes into fields.
///
/// Follows the quoting rules of RFC 4180, or those of its ``CSVSyntax``. Lines end with LF, CR or CRLF. Blanks
/// around unquoted fields are dropped.
struct CSVScanner {
  /// The range of a field in the file, without quotes and surrounding blanks.
  struct Field {
    var start = 0
    var end = 0
    /// True if the text of the field differs from its bytes: it contains escaped quotes, or text behind
    /// the closing quote.
    var hasEscapes = false
    var isQuoted = false

    var isEmpty: Bool { start == end }
  }

  enum Ending {
    case field
    case line
    case file
    /// A quote that opens in this line and is never closed.
    case unclosedQuote(line: Int)
    /// A quote that opens in this line, encloses line ends, and is closed before other text: it lacks its partner.
    case straddlingQuote(line: Int)

    /// True for the end of a line, or of the text.
    var endsRecord: Bool {
      switch self {
      case .line, .file: true
      case .field, .unclosedQuote, .straddlingQuote: false
      }
    }
  }

  private static let quote = UInt8(ascii: "\"")
  private static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")
  private static let blank = UInt8(ascii: " ")
  private static let tab = UInt8(ascii: "\t")
  private static let backslash = UInt8(ascii: "\\")

  let bytes: UnsafeBufferPointer<UInt8>
  let separator: UInt8
  private let syntax: CSVSyntax
  private let joinsBlanks: Bool
  private let ends: FieldEnds
  private(set) var position: Int
  /// The line of `position`, counted from 1.
  private(set) var line = 1
  /// The number of quoted fields with text behind the closing quote, and the line of the first.
  private(set) var strayTexts = 0
  private(set) var firstStrayText: Int?

  /// Scans `bytes` from `start`, which lies `skippedLines` lines behind the beginning.
  init(_ bytes: UnsafeBufferPointer<UInt8>, syntax: CSVSyntax, start: Int = 0, skippedLines: Int = 0) {
    self.bytes = bytes
    self.syntax = syntax
    separator = syntax.separator
    joinsBlanks = syntax.joinsBlanks
    ends = FieldEnds(separator: syntax.separator)
    let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
    position = start == 0 && bytes.starts(with: byteOrderMark) ? byteOrderMark.count : start
    line += skippedLines
  }

  /// Skips lines that hold no record and returns true if the end follows.
  mutating func isAtEndAfterEmptyLines() -> Bool {
    while position < bytes.count {
      let byte = bytes[position]
      if byte == Self.lineFeed || byte == Self.carriageReturn {
        skipLineEnd()
      } else if byte > Self.blank && byte != separator && byte != syntax.comment {
        return false
      } else if !skipLineWithoutRecord() {
        return false
      }
    }
    return true
  }

  /// Skips a comment, a line of blanks, or a line of too many or too few separators; false for a record.
  private mutating func skipLineWithoutRecord() -> Bool {
    var index = position
    if bytes[index] != syntax.comment {
      guard !syntax.isLoose else { return false }
      var separators = 0
      while index < bytes.count, bytes[index] == separator || bytes[index] == Self.blank || bytes[index] == Self.tab {
        if bytes[index] == separator { separators += 1 }
        index += 1
      }
      let isAtLineEnd = index >= bytes.count || bytes[index] == Self.lineFeed || bytes[index] == Self.carriageReturn
      guard isAtLineEnd, joinsBlanks || separators == 0 || (syntax.width > 0 && separators != syntax.lastSeparator)
      else { return false }
    }
    while index < bytes.count, bytes[index] != Self.lineFeed, bytes[index] != Self.carriageReturn { index += 1 }
    position = index
    if index < bytes.count { skipLineEnd() }
    return true
  }

  private mutating func skipLineEnd() {
    bytes.skipLineEnd(&position)
    line += 1
  }

  /// Moves to a later position, behind the ends of `lines` lines.
  mutating func skip(to position: Int, lines: Int) {
    self.position = position
    line += lines
  }

  /// Reads the next field and returns what ended it.
  @inline(__always)
  mutating func next(_ field: inout Field) -> Ending {
    field.hasEscapes = false
    field.isQuoted = false
    let count = bytes.count
    var index = position
    while index < count, bytes[index] == Self.blank { index += 1 }
    if joinsBlanks { while index < count, isBlank(bytes[index]) { index += 1 } }
    if index < count, bytes[index] == Self.quote { return nextQuoted(&field, opening: index) }
    field.start = index
    index = firstWordWithEnd(from: index)
    while index < count {
      let byte = bytes[index]
      if byte == separator || byte == Self.lineFeed || byte == Self.carriageReturn { break }
      if joinsBlanks, byte == Self.tab { break }
      index += 1
    }
    var end = index
    while end > field.start, bytes[end - 1] == Self.blank { end -= 1 }
    field.end = end
    return finish(at: index)
  }

  /// Skips words of eight bytes, none of which ends an unquoted field.
  @inline(__always)
  private func firstWordWithEnd(from start: Int) -> Int {
    guard !joinsBlanks, let base = bytes.baseAddress else { return start }
    var index = start
    while index + 8 <= bytes.count {
      let found = ends.ends(FieldEnds.word(base + index))
      if found != 0 { return index + found.trailingZeroBitCount >> 3 }
      index += 8
    }
    return index
  }

  private func isBlank(_ byte: UInt8) -> Bool { byte == Self.blank || byte == Self.tab }

  private mutating func nextQuoted(_ field: inout Field, opening: Int) -> Ending {
    let openingLine = line
    let count = bytes.count
    let hasBackslashes = syntax.quoteEscape == .backslash
    var hasBareQuotes = false
    field.isQuoted = true
    field.start = opening + 1
    var index = opening + 1
    while true {
      guard index < count else {
        position = count
        field.end = count
        return .unclosedQuote(line: openingLine)
      }
      let byte = bytes[index]
      if byte == Self.quote, syntax.quoteEscape == .missing {
        if isFieldEnd(index + 1) { break }
        hasBareQuotes = true
      } else if byte == Self.quote {
        guard index + 1 < count, bytes[index + 1] == Self.quote else { break }
        field.hasEscapes = true
        index += 1
      } else if byte == Self.lineFeed {
        line += 1
      } else if hasBackslashes, byte == Self.backslash, index + 1 < count {
        field.hasEscapes = true
        if bytes[index + 1] == Self.quote || bytes[index + 1] == Self.backslash { index += 1 }
      }
      index += 1
    }
    field.end = index
    index += 1
    while index < count, bytes[index] != separator, bytes[index] != Self.lineFeed,
      bytes[index] != Self.carriageReturn, !(joinsBlanks && bytes[index] == Self.tab)
    {
      // H2O drops what stands between the closing quote and the separator.
      if !syntax.isLoose, !isBlank(bytes[index]) { field.hasEscapes = true }
      index += 1
    }
    if hasBareQuotes, line > openingLine {
      position = index
      return .straddlingQuote(line: openingLine)
    }
    if field.hasEscapes, !syntax.isLoose, takesStrayText(&field, until: index, line: openingLine) {
      position = index
      return .straddlingQuote(line: openingLine)
    }
    return finish(at: index)
  }

  /// Makes text behind the closing quote part of the field; returns true if the quotes also enclose a line end.
  private mutating func takesStrayText(_ field: inout Field, until index: Int, line openingLine: Int) -> Bool {
    var end = index
    while end > field.end + 1, isBlank(bytes[end - 1]) { end -= 1 }
    guard end > field.end + 1 else { return false }
    strayTexts += 1
    if firstStrayText == nil { firstStrayText = openingLine }
    field.end = end
    return line > openingLine
  }

  @inline(__always)
  private mutating func finish(at index: Int) -> Ending {
    position = index
    if joinsBlanks { while position < bytes.count, isBlank(bytes[position]) { position += 1 } }
    guard position < bytes.count else { return .file }
    if joinsBlanks ? position > index && !isLineEnd(bytes[position]) : bytes[position] == separator {
      if !joinsBlanks { position += 1 }
      return .field
    }
    skipLineEnd()
    return .line
  }

  /// Returns true if at most blanks stand between `index` and the end of a field.
  private func isFieldEnd(_ index: Int) -> Bool {
    var index = index
    while index < bytes.count, bytes[index] == Self.blank, separator != Self.blank { index += 1 }
    return index >= bytes.count || bytes[index] == separator || isLineEnd(bytes[index])
  }

  private func isLineEnd(_ byte: UInt8) -> Bool { byte == Self.lineFeed || byte == Self.carriageReturn }

  /// Returns the text of a field; bytes that are not valid UTF-8 are decoded as windows-1252.
  func text(_ field: Field) -> String {
    let text = Self.text(UnsafeBufferPointer(rebasing: bytes[field.start..<field.end]))
    return field.hasEscapes ? text.withoutEscapes(backslashes: syntax.quoteEscape == .backslash) : text
  }

  /// Decodes UTF-8, or windows-1252 if the bytes are not valid UTF-8.
  static func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    String(validating: bytes, as: UTF8.self) ?? Windows1252.text(bytes)
  }
}

extension CSVSyntax {
  /// The number of separators in a record.
  fileprivate var lastSeparator: Int { hasTrailingSeparator ? width : width - 1 }
}

extension String {
  /// Returns the text of a quoted field, from behind its opening quote: escaped quotes become quotes, and the
  /// closing quote before other text is left out.
  fileprivate func withoutEscapes(backslashes: Bool) -> String {
    var result = String.UnicodeScalarView()
    var isInside = true
    let scalars = unicodeScalars
    var index = scalars.startIndex
    while index < scalars.endIndex {
      let scalar = scalars[index]
      let behind = scalars.index(after: index)
      let next = behind < scalars.endIndex ? scalars[behind] : nil
      var isEscape = false
      if isInside, scalar == "\"" {
        isEscape = next == "\""
        isInside = isEscape
        if !isEscape {
          index = behind
          continue
        }
      } else if isInside, backslashes, scalar == "\\" {
        isEscape = next == "\"" || next == "\\"
      }
      result.append(isEscape ? next ?? scalar : scalar)
      index = isEscape ? scalars.index(after: behind) : behind
    }
    return String(result)
  }
}
