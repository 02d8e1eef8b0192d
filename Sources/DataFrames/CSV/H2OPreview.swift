/// The guesses of separator, header and types that apply where a job wants H2O's rules.
struct H2OPreview {
  /// The number of lines used for guessing.
  private static let sampleLines = 1000
  /// Possible separators, in order of preference.
  private static let candidates: [Character] = [",", "\t", ";", "|", " "]

  let bytes: UnsafeBufferPointer<UInt8>
  let preamble: Preamble
  let comment: UInt8?

  func syntax(_ separator: UInt8) -> CSVSyntax {
    var syntax = CSVSyntax(separator: separator)
    syntax.isLoose = true
    syntax.comment = comment
    return syntax
  }

  /// Returns the fields of the first records.
  func records(separator: UInt8) -> [[String]] { sample(bytes, separator: separator) }

  /// Returns the kind that most fields of each column have.
  ///
  /// Unlike ``records(separator:)``, this reads all of `bytes`, as H2O does.
  func majorities(
    separator: UInt8, hasHeader: Bool, columnCount: Int
  ) -> [(kind: ColumnBuilder.Kind, zeroIsMissing: Bool)] {
    var scanner = CSVScanner(bytes, syntax: syntax(separator), start: preamble.byteCount)
    var field = CSVScanner.Field()
    var counts = [FieldCounts](repeating: FieldCounts(), count: columnCount)
    var (line, column) = (0, 0)
    while !(column == 0 && scanner.isAtEndAfterEmptyLines()) {
      let ending = scanner.next(&field)
      if column < columnCount, line > 0 || !hasHeader {
        counts[column].count(scanner.text(field), isQuoted: field.isQuoted)
      }
      column += 1
      if case .field = ending { continue }
      line += 1
      column = 0
    }
    return counts.map { $0.guess(rowCount: line - (hasHeader ? 1 : 0)) }
  }

  private func sample(_ bytes: UnsafeBufferPointer<UInt8>, separator: UInt8) -> [[String]] {
    var scanner = CSVScanner(bytes, syntax: syntax(separator), start: preamble.byteCount)
    var lines: [[String]] = []
    var line: [String] = []
    var field = CSVScanner.Field()
    while lines.count < Self.sampleLines, !(line.isEmpty && scanner.isAtEndAfterEmptyLines()) {
      let ending = scanner.next(&field)
      line.append(scanner.text(field))
      switch ending {
      case .field: continue
      case .line, .file, .unclosedQuote, .straddlingQuote:
        lines.append(line)
        line = []
      }
    }
    return lines
  }

  /// Returns the separator that splits the first lines into equally many fields, and into the most fields.
  func separator() -> UInt8 {
    let head = UnsafeBufferPointer(rebasing: bytes.prefix(preamble.byteCount + (1 << 16)))
    var best = (fields: 1, isEven: false, separator: UInt8(ascii: ","))
    for candidate in Self.candidates {
      guard let separator = candidate.asciiValue else { continue }
      let lines = sample(head, separator: separator).prefix(50)
      // The prefix may cut off the last line.
      let counts = (lines.count > 1 ? lines.dropLast() : lines).map(\.count)
      guard let first = counts.first, first > 1 else { continue }
      let isEven = counts.allSatisfy { $0 == first }
      // Names and texts contain blanks, so a blank is accepted only if every line has equally many fields.
      guard isEven || candidate != " " else { continue }
      if (isEven ? 1 : 0, first) > (best.isEven ? 1 : 0, best.fields) { best = (first, isEven, separator) }
    }
    return best.separator
  }

  /// Returns true if the first line looks like a header.
  ///
  /// A header contains no number, and some line below it does. In a table without numbers, the
  /// fields of the header are distinct and do not occur below it in the same column.
  func hasHeader(_ lines: [[String]], isMissing: (String) -> Bool) -> Bool {
    guard let first = lines.first, lines.count > 1 else { return false }
    guard !first.contains(where: Self.isNumber) else { return false }
    let body = lines.dropFirst()
    if body.contains(where: { $0.contains(where: Self.isNumber) }) { return true }
    guard Set(first).count == first.count else { return false }
    return first.indices.allSatisfy { column in
      !body.contains { column < $0.count && $0[column] == first[column] && !isMissing(first[column]) }
    }
  }

  private static func isNumber(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { NumberParser.parse($0, 0, $0.count) != nil }
  }
}
