/// Reads the records of one block into columns.
///
/// ``FieldLanes`` read the frequent fields of large tables in place. All other fields go through ``CSVScanner`` and
/// ``NumberParser``.
struct BlockReader: BlockParser {
  let plans: [ColumnPlan]
  let syntax: CSVSyntax
  /// The lines above the first record.
  let beginning: Preamble
  /// The texts that count as missing, per column.
  let missing: [MissingFields]
  /// True if the first record of the file is its header.
  let hasHeader: Bool
  /// The position of the first record, if lines stand between it and the header.
  let bodyStart: Int?

  func read(_ block: TextBlock, isFirst: Bool) -> BlockColumns {
    let columns = BlockColumns(kinds: plans.map(\.kind), capacity: block.maximumRecords, block: block)
    guard columns.fault == nil else { return columns }
    BlockFields.with(columns.builders, plans: plans, missing: missing) { fields in
      read(block, into: columns, fields: fields, isFirst: isFirst)
    }
    columns.finish()
    return columns
  }

  private func read(_ block: TextBlock, into columns: BlockColumns, fields: BlockFields, isFirst: Bool) {
    let columnCount = plans.count
    var scanner = CSVScanner(
      block.bytes, syntax: syntax, start: isFirst ? beginning.byteCount : 0,
      skippedLines: isFirst ? beginning.lineCount : 0)
    var field = CSVScanner.Field()
    var place = FieldLanes.Place(position: 0, row: 0)
    var isHeader = hasHeader && isFirst
    let footer = TableFooter(
      block, syntax: syntax, missing: missing, header: isHeader ? beginning.byteCount : nil)
    let lanes = FieldLanes(
      block, syntax: syntax, columnCount: columnCount, fields: fields, footer: footer?.start ?? block.count)
    defer {
      lanes.deallocate()
      columns.strayTexts = scanner.strayTexts
      columns.firstStrayText = scanner.firstStrayText
      columns.rowCount = place.row
      columns.lineCount = scanner.line - 1
    }
    while !(place.column == 0 && scanner.isAtEndAfterEmptyLines()) {
      let isFirstRecord = place.row == 0 && isFirst
      if place.column == 0, let footer, scanner.position >= footer.start, !isFirstRecord, columns.shortLines == 0 {
        columns.footer = (scanner.line, footer)
        return
      }
      if !isHeader, place.column < columnCount {
        (place.position, place.lines) = (scanner.position, 0)
        lanes.read(&place)
        if place.position > scanner.position {
          scanner.skip(to: place.position, lines: place.lines)
          continue
        }
      }
      let (line, column) = (scanner.line, place.column)
      let ending = scanner.next(&field)
      if !isHeader {
        if column < columnCount {
          Self.set(field, of: scanner, column, of: fields, row: place.row, line: line)
          lanes.update(column)
        } else if column == columnCount, !(syntax.hasTrailingSeparator && field.isEmpty) {
          if field.isEmpty, !syntax.isLoose, ending.endsRecord {
            columns.noteEmptyEnd(line)
          } else {
            columns.noteLongLine(line)
          }
        }
      }
      place.column += 1
      switch ending {
      case .field: continue
      case .unclosedQuote(let line), .straddlingQuote(let line):
        columns.fault = .unclosedQuote(line: line)
        return
      case .line, .file:
        if !isHeader {
          if column + 1 < columnCount {
            columns.noteShortLine(line)
            for rest in column + 1..<columnCount { columns.builders[rest].setMissing(place.row) }
          }
          place.row += 1
        }
        if isHeader, let bodyStart, bodyStart > scanner.position {
          let lines = block.bytes[scanner.position..<min(bodyStart, block.count)].count { $0 == UInt8(ascii: "\n") }
          scanner.skip(to: min(bodyStart, block.count), lines: max(1, lines))
        }
        isHeader = false
        place.column = 0
      }
    }
  }

  @inline(__always)
  private static func set(
    _ field: CSVScanner.Field, of scanner: CSVScanner, _ column: Int, of fields: BlockFields, row: Int, line: Int
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
        builder.set(row, text: UnsafeBufferPointer(rebasing: scanner.bytes[field.start..<field.end]))
      }
    case .text:
      builder.take(
        scanner.text(field), row: row, line: line, rules: rules, isQuoted: field.isQuoted)
    case .skipped, .sparse: break
    }
  }
}
