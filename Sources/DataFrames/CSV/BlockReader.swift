/// Reads the records of one block into columns.
///
/// Whole numbers below 256, by far the most frequent fields of large tables, are read in place. All
/// other fields go through ``CSVScanner`` and ``NumberParser``.
struct BlockReader: BlockParser {
  let plans: [ColumnPlan]
  let syntax: CSVSyntax
  /// The lines above the first record.
  let beginning: Preamble
  /// The texts that count as missing, per column.
  let missing: [MissingFields]
  /// True if the first record of the file is its header.
  let hasHeader: Bool

  private static let lineFeed = UInt8(ascii: "\n")
  private static let zero = UInt8(ascii: "0")
  private static let blank = UInt8(ascii: " ")

  func read(_ block: TextBlock, isFirst: Bool) -> BlockColumns {
    let columns = BlockColumns(kinds: plans.map(\.kind), capacity: block.maximumRecords)
    guard columns.fault == nil else { return columns }
    // The storage of each column while it holds bytes. The last element stays nil, so that lines
    // with too many fields take the slow path and are counted.
    let fast = UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>.allocate(capacity: plans.count + 1)
    defer { fast.deallocate() }
    withFields(columns.builders) { fields in
      for column in plans.indices { fast[column] = fields.fastStorage(column) }
      fast[plans.count] = nil
      read(block, into: columns, fast: fast, fields: fields, isFirst: isFirst)
    }
    columns.finish()
    return columns
  }

  /// The builder of each column, with the rules for its fields.
  ///
  /// Pointers avoid copies and reference counting, which would slow down every field in every thread.
  private struct Fields {
    let builders: UnsafePointer<Unmanaged<ColumnBuilder>>
    let rules: UnsafePointer<Unmanaged<FieldRules>>

    /// Returns the storage of a column whose small numbers are written in place.
    @inline(__always)
    func fastStorage(_ column: Int) -> UnsafeMutablePointer<UInt8>? {
      guard !rules[column]._withUnsafeGuaranteedRef({ $0.missing.holdsNumbers }) else { return nil }
      return builders[column]._withUnsafeGuaranteedRef { builder in
        guard builder.kind == .number, case .bytes(let bytes) = builder.storage else { return nil }
        return bytes
      }
    }
  }

  private func withFields(_ builders: [ColumnBuilder], _ body: (Fields) -> Void) {
    let rules = zip(missing, plans).map { FieldRules(missing: $0, form: $1.form) }
    let references = (builders: builders.map(Unmanaged.passUnretained), rules: rules.map(Unmanaged.passUnretained))
    withExtendedLifetime((builders, rules)) {
      references.builders.withUnsafeBufferPointer { builders in
        references.rules.withUnsafeBufferPointer { rules in
          guard let builders = builders.baseAddress, let rules = rules.baseAddress else { return }
          body(Fields(builders: builders, rules: rules))
        }
      }
    }
  }

  private func read(
    _ block: TextBlock, into columns: BlockColumns, fast: UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>,
    fields: Fields, isFirst: Bool
  ) {
    let start = UnsafePointer(block.start)
    let columnCount = plans.count
    let (separator, joinsBlanks) = (syntax.separator, syntax.joinsBlanks)
    var scanner = CSVScanner(
      block.bytes, syntax: syntax, start: isFirst ? beginning.byteCount : 0,
      skippedLines: isFirst ? beginning.lineCount : 0)
    var field = CSVScanner.Field()
    var (row, column) = (0, 0)
    var isHeader = hasHeader && isFirst
    let footer = TableFooter(
      block, syntax: syntax, missing: missing, header: isHeader ? beginning.byteCount : nil)
    defer {
      columns.strayTexts = scanner.strayTexts
      columns.firstStrayText = scanner.firstStrayText
      columns.rowCount = row
      columns.lineCount = scanner.line - 1
    }
    while !(column == 0 && scanner.isAtEndAfterEmptyLines()) {
      if !isHeader, column < columnCount, let bytes = fast[column] {
        let end = Self.smallNumber(start + scanner.position)
        if end.length > 0 {
          let next = start[scanner.position + end.length]
          if next == separator, !joinsBlanks || start[scanner.position + end.length + 1] > Self.blank {
            bytes[row] = end.value
            column += 1
            scanner.skip(end.length + 1)
            continue
          }
          if next == Self.lineFeed, column == columnCount - 1 {
            bytes[row] = end.value
            row += 1
            column = 0
            scanner.skipLine(end.length + 1)
            continue
          }
        }
      }
      let line = scanner.line
      if column == 0, let footer, scanner.position >= footer.start, row > 0 || !isFirst, columns.shortLines == 0 {
        columns.footer = (line, footer)
        return
      }
      let ending = scanner.next(&field)
      if !isHeader {
        if column < columnCount {
          Self.set(field, of: scanner, column, of: fields, row: row, line: line)
          if fast[column] != nil { fast[column] = fields.fastStorage(column) }
        } else if column == columnCount, !(syntax.hasTrailingSeparator && field.isEmpty) {
          columns.noteLongLine(line)
        }
      }
      column += 1
      switch ending {
      case .field: continue
      case .unclosedQuote(let line), .straddlingQuote(let line):
        columns.fault = .unclosedQuote(line: line)
        return
      case .line, .file:
        if !isHeader {
          if column < columnCount {
            columns.noteShortLine(line)
            for rest in column..<columnCount { columns.builders[rest].setMissing(row) }
          }
          row += 1
        }
        isHeader = false
        column = 0
      }
    }
  }

  /// Returns the whole number below 256 at `start` and its number of digits, or 0 digits if there is none.
  @inline(__always)
  private static func smallNumber(_ start: UnsafePointer<UInt8>) -> (value: UInt8, length: Int) {
    let first = start[0] &- zero
    guard first < 10 else { return (0, 0) }
    let second = start[1] &- zero
    guard second < 10 else { return (first, 1) }
    // The digits of an identifier such as 007 are noted elsewhere.
    guard first > 0 else { return (0, 0) }
    let third = start[2] &- zero
    guard third < 10 else { return (first * 10 + second, 2) }
    let value = Int(first) * 100 + Int(second) * 10 + Int(third)
    return value < 256 ? (UInt8(value), 3) : (0, 0)
  }

  @inline(__always)
  private static func set(
    _ field: CSVScanner.Field, of scanner: CSVScanner, _ column: Int, of fields: Fields, row: Int, line: Int
  ) {
    fields.builders[column]._withUnsafeGuaranteedRef { builder in
      fields.rules[column]._withUnsafeGuaranteedRef { rules in
        set(field, of: scanner, in: builder, rules: rules, row: row, line: line)
      }
    }
  }

  @inline(__always)
  private static func set(
    _ field: CSVScanner.Field, of scanner: CSVScanner, in builder: ColumnBuilder,
    rules: FieldRules, row: Int, line: Int
  ) {
    guard let base = scanner.bytes.baseAddress else { return }
    switch builder.kind {
    case .number, .time:
      if field.hasEscapes {
        let text = scanner.text(field)
        builder.take(text, row: row, line: line, rules: rules, isQuoted: true)
        return
      }
      let piece = ColumnBuilder.Field(
        bytes: scanner.bytes, start: field.start, end: field.end, isQuoted: field.isQuoted, line: line)
      if builder.kind == .number {
        builder.takeNumber(piece, row: row, rules: rules)
      } else {
        builder.takeTime(piece, row: row, rules: rules)
      }
    case .level:
      if field.isQuoted, field.isEmpty, !rules.missing.holdsEmptyQuotes {
        builder.set(row, level: base + field.start, count: 0)
      } else if rules.missing.contains(scanner.bytes, field.start, field.end) {
        builder.setMissing(row)
      } else if field.hasEscapes {
        builder.set(row, level: scanner.text(field))
      } else {
        builder.set(row, level: base + field.start, count: field.end - field.start)
      }
    case .text where !field.hasEscapes:
      if rules.missing.contains(scanner.bytes, field.start, field.end) {
        builder.setMissing(row)
      } else {
        builder.append(text: UnsafeBufferPointer(rebasing: scanner.bytes[field.start..<field.end]))
      }
    case .text:
      builder.take(
        scanner.text(field), row: row, line: line, rules: rules, isQuoted: field.isQuoted)
    case .skipped, .sparse: break
    }
  }
}
