/// Reads the rows of an SVMLight file into dense columns.
struct SVMLightBlockReader: BlockParser {
  let kinds: [ColumnBuilder.Kind]

  func read(_ block: TextBlock, isFirst: Bool) -> BlockColumns {
    var lines = TextLines(block.bytes)
    let columns = BlockColumns(kinds: kinds, capacity: block.maximumRecords)
    guard columns.fault == nil else { return columns }
    while let line = lines.next() {
      let words = SVMLightLine.words(line)
      if words.isEmpty { continue }
      if let fault = take(words, columns, line: lines.number) {
        columns.fault = fault
        break
      }
      columns.rowCount += 1
    }
    columns.lineCount = lines.number
    for builder in columns.builders { builder.finish() }
    return columns
  }

  private func take(_ words: [Substring], _ columns: BlockColumns, line: Int) -> BlockColumns.Fault? {
    func fault(_ word: Substring, _ expected: String) -> BlockColumns.Fault {
      .malformed(line: line, found: "'\(word.prefix(40))'", expected: expected)
    }
    guard let label = Double(words[0]), label.isFinite else { return fault(words[0], "a number as label") }
    let row = columns.rowCount
    set(label, 0, row, columns)
    var next = 1
    for word in words.dropFirst() {
      guard !word.hasPrefix("qid:") else { continue }
      let parts = word.split(separator: ":", omittingEmptySubsequences: false)
      guard parts.count == 2, let index = Int(parts[0]), let value = Double(parts[1]), value.isFinite else {
        return fault(word, "index:value with numbers")
      }
      guard index >= next else { return fault(word, "indexes from 1 on, each above the one before") }
      guard index <= SVMLightShape.maximumIndex else {
        return fault(word, "indexes up to \(SVMLightShape.maximumIndex)")
      }
      // A stream is only read as far as its reader wants columns.
      guard index < kinds.count else { break }
      for column in next..<index { set(0, column, row, columns) }
      set(value, index, row, columns)
      next = index + 1
    }
    if next < kinds.count { for column in next..<kinds.count { set(0, column, row, columns) } }
    return nil
  }

  private func set(_ value: Double, _ column: Int, _ row: Int, _ columns: BlockColumns) {
    guard kinds[column] != .skipped else { return }
    if let integer = Int32(exactly: value) {
      columns.builders[column].set(row, integer: integer)
    } else {
      columns.builders[column].set(row, real: value)
    }
  }
}
