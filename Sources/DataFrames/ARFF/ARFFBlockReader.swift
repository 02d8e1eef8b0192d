/// Reads the rows of an ARFF file, dense (`1, a`) or sparse (`{0 1, 3 a}`).
///
/// Columns that a sparse row does not name hold 0, or the first declared value of a nominal attribute.
struct ARFFBlockReader: BlockParser {
  let header: ARFFHeader
  let plans: [ColumnPlan]
  /// The texts that count as missing, per column.
  let missing: [MissingFields]
  /// True if texts count as missing in quotes too: the job lists them, or H2O's rules apply.
  let holdsStatedMissing: Bool
  /// True for H2O's rules, which know comments only at the beginning of a line.
  let isLoose: Bool

  func read(_ block: TextBlock, isFirst: Bool) -> BlockColumns {
    var lines = TextLines(block.bytes, position: isFirst ? header.byteCount : 0)
    // The first row may stand behind @data, in the last line of the header.
    let skipped = isFirst ? header.lineCount - (header.hasRowBehindData ? 1 : 0) : 0
    let columns = BlockColumns(kinds: plans.map(\.kind), capacity: block.maximumRecords)
    guard columns.fault == nil else { return columns }
    while let line = lines.next() {
      let line = withoutWeight(isLoose ? line : ARFFFields.withoutComment(line), columns)
      if line.isEmpty || line.hasPrefix("%") { continue }
      let number = skipped + lines.number
      columns.fault =
        line.hasPrefix("{") ? takeSparse(line, columns, line: number) : takeDense(line, columns, line: number)
      if columns.fault != nil { break }
      columns.rowCount += 1
    }
    columns.lineCount = skipped + lines.number
    columns.finish()
    return columns
  }

  /// Returns a row without the weight that may end it, such as `{5}`.
  private func withoutWeight(_ line: Substring, _ columns: BlockColumns) -> Substring {
    guard line.hasSuffix("}"), let open = line.lastIndex(of: "{") else { return line }
    let weight = line[line.index(after: open)...].dropLast()
    let row = line[..<open].reversed().drop { $0.isWhitespace }
    guard Double(weight) != nil, row.first == "," else { return line }
    columns.weightedRows += 1
    let end = row.index(after: row.startIndex)
    return line[..<end.base]
  }

  private func takeDense(_ line: Substring, _ columns: BlockColumns, line number: Int) -> BlockColumns.Fault? {
    let (fields, isClosed) = ARFFFields.split(line)
    guard isClosed else { return .unclosedQuote(line: number) }
    if fields.count > plans.count { columns.noteLongLine(number) }
    if fields.count < plans.count { columns.noteShortLine(number) }
    for index in plans.indices {
      guard index < fields.count else {
        columns.builders[index].setMissing(columns.rowCount)
        continue
      }
      if let fault = take(fields[index], index, columns, line: number) { return fault }
    }
    return nil
  }

  private func take(
    _ field: ARFFFields.Field, _ index: Int, _ columns: BlockColumns, line number: Int
  ) -> BlockColumns.Fault? {
    let text = field.text
    let isDeclared = header.levels[index]?.known.contains(text) == true
    // A quoted '?' is a value.
    if field.isQuoted, !text.isEmpty || isDeclared || plans[index].kind == .text, !holdsStatedMissing {
      if plans[index].kind == .level, isDeclared || header.levels[index] == nil {
        columns.builders[index].set(columns.rowCount, level: text)
        return nil
      } else if plans[index].kind == .text {
        columns.builders[index].set(columns.rowCount, text: text)
        return nil
      }
    }
    if plans[index].kind == .level, let levels = header.levels[index], !isDeclared,
      field.isQuoted && !text.isEmpty && !holdsStatedMissing || !missing[index].contains(text)
    {
      return .malformed(
        line: number, found: "'\(text.prefix(40))'",
        expected:
          "one of the declared values of '\(header.names[index])': \(levels.ordered.prefix(10).joined(separator: ", "))"
      )
    }
    columns.builders[index].take(
      text, row: columns.rowCount, line: number,
      rules: FieldRules(missing: missing[index], form: plans[index].form))
    return nil
  }

  private func takeSparse(_ line: Substring, _ columns: BlockColumns, line number: Int) -> BlockColumns.Fault? {
    guard line.hasSuffix("}") else {
      return .malformed(line: number, found: String(line.prefix(40)), expected: "a '}' at the end of a sparse row")
    }
    var values: [Int: ARFFFields.Field] = [:]
    let inner = line.dropFirst().dropLast()
    for entry in Self.entries(inner) {
      let index = entry.prefix { !$0.isWhitespace }
      guard let column = Int(index), plans.indices.contains(column), values[column] == nil else {
        return .malformed(
          line: number, found: "'\(entry.prefix(40))'",
          expected: "'index value' with distinct indexes from 0 to \(plans.count - 1)")
      }
      values[column] = ARFFFields.split(entry.dropFirst(index.count).drop { $0.isWhitespace }).fields[0]
    }
    for index in plans.indices {
      if values[index] == nil, plans[index].kind == .time {
        columns.builders[index].set(columns.rowCount, real: 0)
        continue
      }
      let absent = header.levels[index]?.ordered.first ?? (plans[index].kind == .text ? "" : "0")
      if let fault = take(values[index] ?? ARFFFields.Field(text: absent), index, columns, line: number) {
        return fault
      }
    }
    return nil
  }

  /// Splits the text at commas outside quotes; drops empty entries.
  private static func entries(_ text: Substring) -> [Substring] {
    var entries: [Substring] = []
    var start = text.startIndex
    var quote: Character?
    for index in text.indices {
      let character = text[index]
      if let open = quote {
        if character == open { quote = nil }
      } else if character == "'" || character == "\"" {
        quote = character
      } else if character == "," {
        entries.append(text[start..<index])
        start = text.index(after: index)
      }
    }
    entries.append(text[start...])
    return entries.map { $0.drop { $0.isWhitespace } }.filter { !$0.isEmpty }
  }
}
