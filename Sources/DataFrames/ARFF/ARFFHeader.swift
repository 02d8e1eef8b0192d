internal import JobFiles

/// The declarations of an ARFF file (Weka's attribute-relation file format), before its `@data`.
struct ARFFHeader {
  let names: [String]
  let kinds: [ColumnBuilder.Kind]
  /// The declared values of nominal attributes; nil for others.
  let levels: [[String]?]
  /// Lines up to and with `@data`.
  let lineCount: Int
  /// Bytes up to and with the end of that line.
  let byteCount: Int

  /// Whether the first line that is neither empty nor a comment declares a relation or an attribute.
  static func recognises(_ head: UnsafeBufferPointer<UInt8>) -> Bool {
    var lines = ARFFLines(head)
    while let line = lines.next() {
      if line.isEmpty || line.hasPrefix("%") { continue }
      let word = line.prefix { !$0.isWhitespace }.lowercased()
      return word == "@relation" || word == "@attribute"
    }
    return false
  }

  /// - Throws: ``FrameError/malformed(path:line:found:expected:)`` for declarations that say nothing known.
  init(_ head: UnsafeBufferPointer<UInt8>, path: String, options: ReadOptions) throws(FrameError) {
    var names: [String] = []
    var kinds: [ColumnBuilder.Kind] = []
    var levels: [[String]?] = []
    var lines = ARFFLines(head)
    while let line = lines.next() {
      if line.isEmpty || line.hasPrefix("%") { continue }
      switch line.prefix(while: { !$0.isWhitespace }).lowercased() {
      case "@relation": continue
      case "@data":
        guard !names.isEmpty else {
          throw .malformed(path: path, line: lines.number, found: "@data", expected: "an @attribute before it")
        }
        self.names = names
        self.kinds = kinds
        self.levels = levels
        lineCount = lines.number
        byteCount = lines.position
        return
      case "@attribute":
        let (name, type) = try Self.attribute(line, path: path, number: lines.number)
        guard !names.contains(name) else { throw .duplicateColumn(path: path, name: name) }
        let declared = try Self.kind(type, path: path, number: lines.number)
        names.append(name)
        kinds.append(options.kind(of: name) ?? declared.kind)
        levels.append(declared.levels)
      default:
        throw .malformed(
          path: path, line: lines.number, found: String(line.prefix(40)), expected: "@attribute, @data or a % comment")
      }
    }
    throw .malformed(path: path, line: lines.number, found: "the end", expected: "@data")
  }

  private static func attribute(
    _ line: Substring, path: String, number: Int
  ) throws(FrameError) -> (name: String, type: String) {
    let rest = line.dropFirst("@attribute".count).drop { $0.isWhitespace }
    let name: Substring
    let type: Substring
    if let quote = rest.first, quote == "'" || quote == "\"" {
      name = rest.dropFirst().prefix { $0 != quote }
      type = rest.dropFirst(name.count + 2)
    } else {
      name = rest.prefix { !$0.isWhitespace && $0 != "{" }
      type = rest.dropFirst(name.count)
    }
    let trimmed = type.drop { $0.isWhitespace }
    guard !name.isEmpty, !trimmed.isEmpty else {
      throw .malformed(path: path, line: number, found: String(line.prefix(40)), expected: "@attribute name type")
    }
    return (String(name), String(trimmed))
  }

  private static func kind(
    _ type: String, path: String, number: Int
  ) throws(FrameError) -> (kind: ColumnBuilder.Kind, levels: [String]?) {
    if type.hasPrefix("{") {
      guard let end = type.lastIndex(of: "}") else {
        throw .malformed(path: path, line: number, found: String(type.prefix(40)), expected: "values in { }")
      }
      let inner = type[type.index(after: type.startIndex)..<end]
      return (.level, ARFFFields.split(Substring(inner)).fields)
    }
    switch type.prefix(while: { !$0.isWhitespace }).lowercased() {
    case "numeric", "real", "integer", "int": return (.number, nil)
    case "string": return (.text, nil)
    case "date": return (.time, nil)
    default:
      throw .malformed(
        path: path, line: number, found: String(type.prefix(40)),
        expected: "numeric, real, integer, string, date or values in { }")
    }
  }
}

/// The lines of a text, blanks around them dropped.
struct ARFFLines {
  private let bytes: UnsafeBufferPointer<UInt8>
  /// Behind the line that was given last.
  private(set) var position = 0
  /// Of that line, from 1.
  private(set) var number = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>, position: Int = 0) {
    self.bytes = bytes
    self.position = position
  }

  mutating func next() -> Substring? {
    guard position < bytes.count else { return nil }
    let start = position
    while position < bytes.count, bytes[position] != UInt8(ascii: "\n"), bytes[position] != UInt8(ascii: "\r") {
      position += 1
    }
    let line = CSVScanner.text(UnsafeBufferPointer(rebasing: bytes[start..<position]))
    if position < bytes.count {
      let isReturn = bytes[position] == UInt8(ascii: "\r")
      position += 1
      if isReturn, position < bytes.count, bytes[position] == UInt8(ascii: "\n") { position += 1 }
    }
    number += 1
    var text = Substring(line)
    if text.first == "\u{FEFF}" { text.removeFirst() }
    text = text.drop { $0.isWhitespace }
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }
}

/// Cuts a line at commas outside of quotes.
enum ARFFFields {
  /// The fields without quotes and surrounding blanks; `isClosed` is false if a quote is never closed.
  static func split(_ line: Substring) -> (fields: [String], isClosed: Bool) {
    var fields: [String] = []
    var field = ""
    var quote: Character?
    var wasQuoted = false
    var isEscaped = false
    func trimmed() -> String {
      guard !wasQuoted else { return field }
      var text = Substring(field)
      while text.last?.isWhitespace == true { text.removeLast() }
      return String(text)
    }
    for character in line {
      if isEscaped {
        field.append(character)
        isEscaped = false
      } else if let open = quote {
        if character == "\\" {
          isEscaped = true
        } else if character == open {
          quote = nil
        } else {
          field.append(character)
        }
      } else if character == "," || character == "\t" {
        fields.append(trimmed())
        field = ""
        wasQuoted = false
      } else if character == "'" || character == "\"", field.isEmpty, !wasQuoted {
        quote = character
        wasQuoted = true
      } else if !(character.isWhitespace && (field.isEmpty || wasQuoted)) {
        field.append(character)
      }
    }
    fields.append(trimmed())
    return (fields, quote == nil)
  }
}
