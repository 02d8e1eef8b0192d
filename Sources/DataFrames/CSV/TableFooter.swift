/// The lines at the end of a text that are not records: lines of separators, a remark, or a total.
///
/// A remark such as `Total rows: 2` has one field where all records have several. A total is a record whose first field is
/// a word such as `Sum`, and whose other fields are numbers or empty. Spreadsheets write both, and lines of separators for
/// empty rows.
struct TableFooter {
  /// A line that is not a record because of its content.
  enum Remark {
    case oddLine
    case total
  }

  private static let words = ["total", "sum", "average", "mean", "count", "rows", "records", "source", "note", "end"]
  private static let totals: Set<String> = [
    "total", "totals", "grand total", "sum", "sums", "summe", "gesamt", "gesamtsumme", "insgesamt", "gesamtergebnis",
    "somme", "totale", "totaal", "suma", "summa", "celkem",
  ]

  /// Its position in the block.
  private(set) var start: Int
  private(set) var remark: (kind: Remark, text: String)?
  /// The number of lines of separators.
  private(set) var emptyLines = 0

  /// Returns nil if the last line of the block is a record, or the text continues after the block.
  ///
  /// `firstKind`: The kind of the first column.
  init?(_ block: TextBlock, syntax: CSVSyntax, firstKind: ColumnBuilder.Kind?) {
    guard block.isLast, !syntax.isLoose, syntax.width > 1, !syntax.joinsBlanks else { return nil }
    let bytes = block.bytes
    start = bytes.count
    let end = skipEmptyLines(bytes, syntax.separator)
    let begin = Self.lineStart(bytes, end)
    let line = UnsafeBufferPointer(rebasing: bytes[begin..<end])
    if let found = Self.remark(line, syntax, firstKind),
      found.kind == .oddLine || !Self.repeats(found.text, line, bytes)
    {
      remark = found
      start = begin
    }
    guard remark != nil || emptyLines > 0 else { return nil }
  }

  /// Moves the start before all lines of separators and blanks at the end, and returns the end of the line above.
  private mutating func skipEmptyLines(_ bytes: UnsafeBufferPointer<UInt8>, _ separator: UInt8) -> Int {
    var end = bytes.count
    while true {
      while end > 0, bytes[end - 1] <= UInt8(ascii: " "), bytes[end - 1] != separator { end -= 1 }
      let begin = Self.lineStart(bytes, end)
      guard begin > 0, begin < end,
        bytes[begin..<end].allSatisfy({ $0 == separator || $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") })
      else { return end }
      emptyLines += 1
      (start, end) = (begin, begin)
    }
  }

  private static func lineStart(_ bytes: UnsafeBufferPointer<UInt8>, _ end: Int) -> Int {
    var start = end
    while start > 0, bytes[start - 1] != UInt8(ascii: "\n"), bytes[start - 1] != UInt8(ascii: "\r") { start -= 1 }
    return start
  }

  private static func remark(
    _ line: UnsafeBufferPointer<UInt8>, _ syntax: CSVSyntax, _ firstKind: ColumnBuilder.Kind?
  ) -> (kind: Remark, text: String)? {
    guard !line.isEmpty, !line.contains(UInt8(ascii: "\"")) else { return nil }
    guard !line.contains(syntax.separator) else { return total(line, syntax) }
    let text = CSVScanner.text(line)
    guard CellShape(text, missing: []) == .word else { return nil }
    let isAboveNumbers = firstKind == .number || firstKind == .time
    let lowercased = text.lowercased()
    guard isAboveNumbers || text.contains(":") || words.contains(where: lowercased.hasPrefix) else { return nil }
    return (.oddLine, text)
  }

  private static func total(_ line: UnsafeBufferPointer<UInt8>, _ syntax: CSVSyntax) -> (kind: Remark, text: String)? {
    let fields = line.split(separator: syntax.separator, omittingEmptySubsequences: false)
      .map { CSVScanner.text(UnsafeBufferPointer(rebasing: $0)).trimmed }
    guard fields.count <= syntax.width, let first = fields.firstIndex(where: { !$0.isEmpty }),
      totals.contains(fields[first].lowercased().trimmed(":"))
    else { return nil }
    let others = fields[(first + 1)...].map { CellShape($0, missing: []) }
    guard others.contains(where: \.isNumber), others.allSatisfy({ $0.isNumber || $0 == .empty }) else { return nil }
    return (.total, fields[first])
  }

  /// Returns true if another record has the field, too, which is then one of its categories.
  private static func repeats(
    _ field: String, _ line: UnsafeBufferPointer<UInt8>, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    let word = Array(field.utf8)
    guard let start = bytes.baseAddress, let end = line.baseAddress else { return false }
    let above = UnsafeBufferPointer(start: start, count: end - start)
    return above.indices.dropLast(word.count - 1).contains { above[$0] == word[0] && above[$0...].starts(with: word) }
  }
}

extension String {
  fileprivate var trimmed: String { trimmed(" ") }

  /// Returns the text without blanks at its ends and `character` behind it.
  fileprivate func trimmed(_ character: Character) -> String {
    var rest = self[...]
    while rest.first == " " { rest.removeFirst() }
    while let last = rest.last, last == " " || last == character { rest.removeLast() }
    return String(rest)
  }
}
