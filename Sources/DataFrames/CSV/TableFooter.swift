/// The lines at the end of a text that are not records: lines of separators, remarks, and totals.
///
/// A remark such as `Total rows: 2` has a value in its first field only, or fewer fields than the records. A total is a
/// record whose first value is a word such as `Sum`, and whose other fields are numbers or empty. Spreadsheets write
/// both, and lines of separators for empty rows.
struct TableFooter {
  /// A line that is not a record because of its content.
  struct Line {
    enum Kind: Equatable {
      case remark
      case total
    }

    let kind: Kind
    let text: String
    let position: Int
    /// The number of fields, empty ones at the end left out.
    let width: Int
  }

  /// The first words of remarks.
  private static let words: Set<String> = [
    "total", "sum", "average", "mean", "count", "rows", "records", "source", "sources", "note", "notes", "end",
    "created", "generated", "exported", "copyright", "quelle", "quellen", "stand", "hinweis", "anmerkung",
    "anmerkungen", "anzahl", "summe", "gesamt", "erstellt", "ende", "remarque", "fuente", "fonte", "nota",
  ]
  private static let totals: Set<String> = [
    "total", "totals", "grand total", "overall total", "sum", "sums", "summe", "gesamt", "gesamtsumme", "insgesamt",
    "gesamtergebnis", "somme", "total général", "total general", "totale", "totale complessivo", "totaal",
    "eindtotaal", "suma", "summa", "celkem",
  ]
  private static let maximumLines = 20

  /// Its position in the block.
  private(set) var start: Int
  /// The lines with content, from the first.
  private(set) var lines: [Line] = []
  /// The number of lines of separators.
  private(set) var emptyLines = 0

  private let bytes: UnsafeBufferPointer<UInt8>
  private let syntax: CSVSyntax
  private let missing: [MissingFields]
  private let firstRecord: Int

  /// Returns nil if the last line of the block is a record, or the text continues after the block.
  ///
  /// - Parameters:
  ///   - block: A block of the text.
  ///   - syntax: The characters that divide it.
  ///   - missing: The texts that count as missing, per column.
  ///   - header: The position of the header in the block; nil for a block without it.
  init?(_ block: TextBlock, syntax: CSVSyntax, missing: [MissingFields], header: Int?) {
    guard block.isLast, !syntax.isLoose, syntax.width > 1, !syntax.joinsBlanks else { return nil }
    bytes = block.bytes
    self.syntax = syntax
    self.missing = missing
    firstRecord = header.map { Preamble.lineEnd(block.bytes, $0) } ?? 0
    start = bytes.count
    while lines.count < Self.maximumLines {
      let end = skipEmptyLines()
      let begin = lineStart(end)
      guard begin > firstRecord, let line = line(begin..<end) else { break }
      lines.insert(line, at: 0)
      start = begin
    }
    guard !lines.isEmpty || emptyLines > 0 else { return nil }
  }

  /// Returns the number of line ends between the start and a line.
  func linesBefore(_ line: Line) -> Int {
    let above = bytes[start..<line.position]
    return max(above.count { $0 == UInt8(ascii: "\n") }, above.count { $0 == UInt8(ascii: "\r") })
  }

  /// Moves the start before all lines of separators and blanks at the end, and returns the end of the line above.
  private mutating func skipEmptyLines() -> Int {
    var end = start
    while true {
      end = contentEnd(end)
      let begin = lineStart(end)
      guard begin > firstRecord, begin < end, bytes[begin..<end].allSatisfy({ $0 == syntax.separator || isBlank($0) })
      else { return end }
      emptyLines += 1
      (start, end) = (begin, begin)
    }
  }

  private func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

  /// Returns the position before line ends and blanks that end at `end`.
  private func contentEnd(_ end: Int) -> Int {
    var end = end
    while end > 0, bytes[end - 1] <= UInt8(ascii: " "), bytes[end - 1] != syntax.separator { end -= 1 }
    return end
  }

  private func lineStart(_ end: Int) -> Int {
    var start = end
    while start > 0, bytes[start - 1] != UInt8(ascii: "\n"), bytes[start - 1] != UInt8(ascii: "\r") { start -= 1 }
    return start
  }

  /// Returns the fields of a line; nil for a part of a quoted field.
  private func fields(_ range: Range<Int>) -> [String]? {
    guard bytes[range].count(where: { $0 == UInt8(ascii: "\"") }).isMultiple(of: 2) else { return nil }
    var scanner = CSVScanner(UnsafeBufferPointer(rebasing: bytes[range]), syntax: syntax)
    var field = CSVScanner.Field()
    var fields: [String] = []
    while true {
      let ending = scanner.next(&field)
      fields.append(scanner.text(field))
      switch ending {
      case .field: continue
      case .line, .file: return fields
      case .unclosedQuote, .straddlingQuote: return nil
      }
    }
  }

  /// Returns the line in `range` if it is not a record.
  private func line(_ range: Range<Int>) -> Line? {
    guard let first = range.first, bytes[first] != syntax.comment, let fields = fields(range),
      let column = fields.firstIndex(where: { !$0.isEmpty }), let last = fields.lastIndex(where: { !$0.isEmpty })
    else { return nil }
    let isTotal = isTotal(fields, column) && !repeats(fields[column], above: first)
    guard isTotal || isRemark(fields, column, above: first) else { return nil }
    return Line(kind: isTotal ? .total : .remark, text: fields[column], position: first, width: last + 1)
  }

  private func isTotal(_ fields: [String], _ column: Int) -> Bool {
    let text = fields[column].lowercased()
    guard fields.count <= syntax.recordWidth, Self.totals.contains(text.hasSuffix(":") ? String(text.dropLast()) : text)
    else { return false }
    let others = fields[(column + 1)...].map { CellShape($0, missing: []) }
    return others.contains(where: \.isNumber) && others.allSatisfy { $0.isNumber || $0 == .empty }
  }

  private func isRemark(_ fields: [String], _ column: Int, above position: Int) -> Bool {
    let text = fields[column]
    let isAlone = fields[(column + 1)...].allSatisfy(\.isEmpty)
    guard isAlone || fields.count < syntax.width, text.contains(where: \.isLetter),
      CellShape(text, missing: []) == .word, !missing.indices.contains(column) || !missing[column].contains(text)
    else { return false }
    if isAboveNumbers(column, position) { return true }
    let word = text.prefix { $0.isLetter }.lowercased()
    let beginsRemark = Self.words.contains(word)
    guard fields.count > 1 else { return text.contains(":") || beginsRemark }
    // A record may lack its other values.
    return isAlone && syntax.width > 2 && beginsRemark && text.count > word.count
  }

  /// Returns true if the column holds a number or a time in the last record before `position`.
  private func isAboveNumbers(_ column: Int, _ position: Int) -> Bool {
    var end = position
    for _ in 0..<Self.maximumLines {
      end = contentEnd(end)
      let begin = lineStart(end)
      guard begin >= firstRecord, begin < end, let fields = fields(begin..<end) else { return false }
      end = begin
      // Further remarks have one value, or fewer fields.
      guard fields.count >= syntax.width, fields.count(where: { !$0.isEmpty }) > 1 else { continue }
      let shape = column < fields.count ? CellShape(fields[column], missing: []) : .empty
      return shape.isNumber || shape == .time
    }
    return false
  }

  /// Returns true if another record begins with the same text, which is then one of its categories.
  private func repeats(_ text: String, above position: Int) -> Bool {
    var end = position
    while true {
      end = contentEnd(end)
      let begin = lineStart(end)
      guard begin >= firstRecord, begin < end else { return false }
      if let fields = fields(begin..<end), fields.first(where: { !$0.isEmpty }) == text { return true }
      end = begin
    }
  }
}

extension CSVSyntax {
  /// The number of fields of a record, the empty one behind a trailing separator included.
  fileprivate var recordWidth: Int { hasTrailingSeparator ? width + 1 : width }
}
