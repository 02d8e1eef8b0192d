/// The separator, header, column names and column kinds of a file, found before it is read.
struct CSVDialect {
  /// The number of lines used for guessing.
  private static let sampleLines = 1000
  /// Possible separators, in order of preference.
  private static let candidates: [Character] = [",", "\t", ";", "|", " "]

  let separator: UInt8
  let hasHeader: Bool
  let names: [String]
  let kinds: [ColumnBuilder.Kind]
  /// Categorical columns in which 0 stands for a missing level.
  let zerosMissing: Set<Int>

  /// Guesses everything that `options` leaves open.
  init(_ bytes: UnsafeBufferPointer<UInt8>, path: String, options: ReadOptions) throws(FrameError) {
    let separator = options.separator?.asciiValue ?? Self.guessSeparator(bytes)
    self.separator = separator
    let lines = Self.sample(bytes, separator: separator)
    guard let first = lines.first else { throw .empty(path: path) }
    let missingWords = options.missingWordsInForce
    let isMissing = { (text: String) in missingWords.contains(text) }
    hasHeader = options.header ?? Self.guessHeader(lines, isMissing: isMissing)
    let body = hasHeader ? lines.dropFirst() : lines[...]
    guard !body.isEmpty else { throw .empty(path: path) }
    let names = try Self.names(first, hasHeader: hasHeader, path: path, options: options)
    self.names = names
    switch options.rules.types {
    case .allMustFit:
      kinds = names.indices.map { column in
        options.kind(of: names[column])
          ?? Self.kind(of: body.compactMap { column < $0.count ? $0[column] : nil }.filter { !isMissing($0) })
      }
      zerosMissing = []
    case .byMajority:
      let guesses = Self.majorities(bytes, separator: separator, hasHeader: hasHeader, columnCount: names.count)
      let kinds = names.indices.map { options.kind(of: names[$0]) ?? guesses[$0].kind }
      zerosMissing = Set(names.indices.filter { kinds[$0] == .level && guesses[$0].zeroIsMissing })
      self.kinds = kinds
    }
  }

  /// Returns the kind that all of `fields` fit.
  private static func kind(of fields: [String]) -> ColumnBuilder.Kind {
    if fields.allSatisfy(isNumber) { return .number }
    if fields.allSatisfy({ TimeParser.milliseconds($0) != nil }) { return .time }
    return fields.allSatisfy(UUIDText.matches) ? .text : .level
  }

  /// Returns the kind that most fields of each column have.
  ///
  /// Unlike ``sample(_:separator:)``, this reads all of `bytes`, as H2O does.
  private static func majorities(
    _ bytes: UnsafeBufferPointer<UInt8>, separator: UInt8, hasHeader: Bool, columnCount: Int
  ) -> [(kind: ColumnBuilder.Kind, zeroIsMissing: Bool)] {
    var scanner = CSVScanner(bytes, separator: separator)
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

  private static func names(
    _ first: [String], hasHeader: Bool, path: String, options: ReadOptions
  ) throws(FrameError) -> [String] {
    if !options.columnNames.isEmpty {
      guard options.columnNames.count == first.count else {
        throw .columnCount(path: path, expected: options.columnNames.count, found: first.count)
      }
      return options.columnNames
    }
    guard hasHeader else { return (1...first.count).map { "C\($0)" } }
    let names = first.enumerated().map { $1.isEmpty ? "C\($0 + 1)" : $1 }
    var seen: Set<String> = []
    for name in names where !seen.insert(name).inserted { throw .duplicateColumn(path: path, name: name) }
    return names
  }

  private static func sample(_ bytes: UnsafeBufferPointer<UInt8>, separator: UInt8) -> [[String]] {
    var scanner = CSVScanner(bytes, separator: separator)
    var lines: [[String]] = []
    var line: [String] = []
    var field = CSVScanner.Field()
    while lines.count < sampleLines, !(line.isEmpty && scanner.isAtEndAfterEmptyLines()) {
      let ending = scanner.next(&field)
      line.append(scanner.text(field))
      switch ending {
      case .field: continue
      case .line, .file, .unclosedQuote:
        lines.append(line)
        line = []
      }
    }
    return lines
  }

  /// Returns the separator that splits the first lines into equally many fields, and into the most fields.
  private static func guessSeparator(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt8 {
    let head = UnsafeBufferPointer(rebasing: bytes.prefix(1 << 16))
    var best = (fields: 1, isEven: false, separator: UInt8(ascii: ","))
    for candidate in candidates {
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
  private static func guessHeader(_ lines: [[String]], isMissing: (String) -> Bool) -> Bool {
    guard let first = lines.first, lines.count > 1 else { return false }
    guard !first.contains(where: isNumber) else { return false }
    let body = lines.dropFirst()
    if body.contains(where: { $0.contains(where: isNumber) }) { return true }
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
