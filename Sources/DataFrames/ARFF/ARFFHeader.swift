/// The declarations of an ARFF file (Weka's attribute-relation file format): everything up to `@data`.
struct ARFFHeader {
  let names: [String]
  let kinds: [ColumnBuilder.Kind]
  /// The declared values of nominal attributes; nil for other attributes.
  let levels: [Levels?]

  /// Declared values in order, and as a set for the lookup that every row needs.
  struct Levels {
    let ordered: [String]
    let known: Set<String>

    init(_ values: [String]) {
      ordered = values
      known = Set(values)
    }
  }
  var encoding = TableLayout.Encoding.utf8
  /// The number of lines up to and including `@data`.
  let lineCount: Int
  /// The number of bytes up to and including the end of that line, or up to the first row in it.
  let byteCount: Int
  /// True if the first row follows `@data` in the same line.
  let hasRowBehindData: Bool
  /// The formats of date attributes that state one, such as `yyyy-MM-dd HH:mm`, by name.
  let dateFormats: [String: String]

  /// Returns true if the first line that is neither empty nor a comment declares a relation or an attribute.
  static func recognises(_ head: UnsafeBufferPointer<UInt8>) -> Bool {
    var lines = TextLines(head)
    while let line = lines.next() {
      if line.isEmpty || line.hasPrefix("%") { continue }
      let word = line.prefix { !$0.isWhitespace }.lowercased()
      return word == "@relation" || word == "@attribute"
    }
    return false
  }

  /// - Throws: ``FrameError/malformed(path:line:found:expected:)`` for unknown or incomplete
  ///   declarations, ``FrameError/duplicateColumn(path:name:)`` for a repeated name.
  init(_ head: UnsafeBufferPointer<UInt8>, path: String, options: ReadOptions) throws(FrameError) {
    var names: [String] = []
    var kinds: [ColumnBuilder.Kind] = []
    var levels: [Levels?] = []
    var seen: Set<String> = []
    var dateFormats: [String: String] = [:]
    var lines = TextLines(head)
    while let text = lines.next() {
      let line = ARFFFields.withoutComment(text)
      if line.isEmpty { continue }
      switch line.prefix(while: { !$0.isWhitespace }).lowercased() {
      case "@relation": continue
      case "@data":
        guard !names.isEmpty else {
          throw .malformed(path: path, line: lines.number, found: "@data", expected: "an @attribute before it")
        }
        self.names = names
        self.kinds = kinds
        self.levels = levels
        self.dateFormats = dateFormats
        lineCount = lines.number
        // A row in the same line begins behind the word.
        hasRowBehindData = line.count > "@data".count
        byteCount = hasRowBehindData ? lines.end(of: "@data") : lines.position
        return
      case "@attribute":
        let (name, type) = try Self.attribute(line, path: path, number: lines.number)
        guard seen.insert(name).inserted else { throw .duplicateColumn(path: path, name: name) }
        let declared = try Self.kind(type, path: path, number: lines.number)
        if declared.kind == .time { dateFormats[name] = Self.dateFormat(type) }
        names.append(name)
        kinds.append(options.kind(of: name) ?? declared.kind)
        levels.append(declared.levels)
      default:
        throw .malformed(
          path: path, line: lines.number, found: String(line.prefix(40)), expected: "@attribute, @data or a % comment")
      }
    }
    throw .malformed(path: path, line: lines.number, found: "the end of the file", expected: "@data")
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

  /// Returns the format behind `date`, without quotes; nil if there is none.
  private static func dateFormat(_ type: String) -> String? {
    let format = ARFFFields.split(Substring(type).drop { !$0.isWhitespace }).fields.map(\.text).joined(separator: ",")
    return format.isEmpty ? nil : format
  }

  private static func kind(
    _ type: String, path: String, number: Int
  ) throws(FrameError) -> (kind: ColumnBuilder.Kind, levels: Levels?) {
    if type.hasPrefix("{") {
      guard let end = type.lastIndex(of: "}") else {
        throw .malformed(path: path, line: number, found: String(type.prefix(40)), expected: "values in { }")
      }
      let inner = type[type.index(after: type.startIndex)..<end]
      return (.level, Levels(ARFFFields.split(Substring(inner)).fields.map(\.text)))
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
