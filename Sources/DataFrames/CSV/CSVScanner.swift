/// Splits bytes into fields.
///
/// Follows the quoting rules of RFC 4180. Lines end with LF, CR or CRLF. Blanks around unquoted fields are dropped.
struct CSVScanner {
  /// The range of a field in the file, without quotes and surrounding blanks.
  struct Field {
    var start = 0
    var end = 0
    /// True if the field contains doubled quotes, each of which stands for one quote.
    var hasDoubledQuotes = false
    var isQuoted = false

    var isEmpty: Bool { start == end }
  }

  enum Ending {
    case field
    case line
    case file
    /// A quote that opens in this line and is never closed.
    case unclosedQuote(line: Int)
  }

  private static let quote = UInt8(ascii: "\"")
  private static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")
  private static let blank = UInt8(ascii: " ")

  let bytes: UnsafeBufferPointer<UInt8>
  let separator: UInt8
  private(set) var position: Int
  /// The line of `position`, counted from 1.
  private(set) var line = 1

  init(_ bytes: UnsafeBufferPointer<UInt8>, separator: UInt8) {
    self.bytes = bytes
    self.separator = separator
    let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
    position = bytes.starts(with: byteOrderMark) ? byteOrderMark.count : 0
  }

  /// Skips empty lines and returns true if the end follows.
  mutating func isAtEndAfterEmptyLines() -> Bool {
    while position < bytes.count, bytes[position] == Self.lineFeed || bytes[position] == Self.carriageReturn {
      skipLineEnd()
    }
    return position >= bytes.count
  }

  private mutating func skipLineEnd() {
    let isCarriageReturn = bytes[position] == Self.carriageReturn
    position += 1
    if isCarriageReturn, position < bytes.count, bytes[position] == Self.lineFeed { position += 1 }
    line += 1
  }

  /// Skips `count` bytes within a line.
  @inline(__always)
  mutating func skip(_ count: Int) { position += count }

  /// Skips `count` bytes, the last of which ends a line.
  @inline(__always)
  mutating func skipLine(_ count: Int) {
    position += count
    line += 1
  }

  /// Reads the next field and returns what ended it.
  @inline(__always)
  mutating func next(_ field: inout Field) -> Ending {
    field.hasDoubledQuotes = false
    field.isQuoted = false
    let count = bytes.count
    var index = position
    while index < count, bytes[index] == Self.blank { index += 1 }
    if index < count, bytes[index] == Self.quote { return nextQuoted(&field, opening: index) }
    field.start = index
    while index < count {
      let byte = bytes[index]
      if byte == separator || byte == Self.lineFeed || byte == Self.carriageReturn { break }
      index += 1
    }
    var end = index
    while end > field.start, bytes[end - 1] == Self.blank { end -= 1 }
    field.end = end
    return finish(at: index)
  }

  private mutating func nextQuoted(_ field: inout Field, opening: Int) -> Ending {
    let openingLine = line
    let count = bytes.count
    field.isQuoted = true
    field.start = opening + 1
    var index = opening + 1
    while true {
      guard index < count else {
        position = count
        field.end = count
        return .unclosedQuote(line: openingLine)
      }
      if bytes[index] == Self.quote {
        guard index + 1 < count, bytes[index + 1] == Self.quote else { break }
        field.hasDoubledQuotes = true
        index += 1
      } else if bytes[index] == Self.lineFeed {
        line += 1
      }
      index += 1
    }
    field.end = index
    index += 1
    // Anything between the closing quote and the separator is ignored; the field is the quoted text.
    while index < count, bytes[index] != separator, bytes[index] != Self.lineFeed,
      bytes[index] != Self.carriageReturn
    { index += 1 }
    return finish(at: index)
  }

  @inline(__always)
  private mutating func finish(at index: Int) -> Ending {
    position = index
    guard index < bytes.count else { return .file }
    if bytes[index] == separator {
      position += 1
      return .field
    }
    skipLineEnd()
    return .line
  }

  /// Returns the text of a field; bytes that are not valid UTF-8 are decoded as Latin-1.
  func text(_ field: Field) -> String {
    let text = Self.text(UnsafeBufferPointer(rebasing: bytes[field.start..<field.end]))
    return field.hasDoubledQuotes ? text.replacingDoubledQuotes() : text
  }

  /// Decodes UTF-8, or Latin-1 if the bytes are not valid UTF-8.
  static func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    String(validating: bytes, as: UTF8.self)
      ?? String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
  }
}

extension String {
  fileprivate func replacingDoubledQuotes() -> String {
    var result = ""
    var pending = false
    for character in self {
      if character == "\"", pending {
        pending = false
        continue
      }
      pending = character == "\""
      result.append(character)
    }
    return result
  }
}
