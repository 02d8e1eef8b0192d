internal import Wording

/// Reads the rows of an SVMLight file.
///
/// Features become lists of nonzero numbers. The label and features with a declared type become ordinary columns.
struct SVMLightBlockReader: BlockParser {
  private let kinds: [ColumnBuilder.Kind]
  /// The features that hold a value in every row.
  private let fullFeatures: [Int]

  init(kinds: [ColumnBuilder.Kind]) {
    self.kinds = kinds
    fullFeatures = kinds.indices.dropFirst().filter { kinds[$0] != .sparse && kinds[$0] != .skipped }
  }

  func read(_ block: TextBlock, isFirst: Bool) -> BlockColumns {
    var lines = SVMLightLines(block.bytes)
    let columns = BlockColumns(kinds: kinds, capacity: block.maximumRecords)
    guard columns.fault == nil else { return columns }
    while lines.next() {
      if lines.words.isEmpty { continue }
      if let fault = take(lines, columns) {
        columns.fault = fault
        break
      }
      columns.rowCount += 1
    }
    columns.lineCount = lines.number
    for builder in columns.builders where builder.kind != .sparse { builder.finish() }
    return columns
  }

  private func take(_ lines: SVMLightLines, _ columns: BlockColumns) -> BlockColumns.Fault? {
    func fault(_ word: Range<Int>, _ expected: String) -> BlockColumns.Fault {
      .malformed(line: lines.number, found: "'\(lines.text(word).prefix(40))'", expected: expected)
    }
    guard let label = lines.number(lines.words[0]) else { return fault(lines.words[0], "a numeric label") }
    set(label, 0, columns)
    var next = 1
    var full = fullFeatures[...]
    for word in lines.words.dropFirst() where !lines.isQuery(word) {
      guard let (index, place) = lines.pair(word), let value = lines.number(place) else {
        return fault(word, "a pair of numbers, index:value")
      }
      guard index >= next else { return fault(word, "strictly ascending indexes from 1") }
      guard index <= SVMLightShape.maximumIndex else {
        return fault(word, "indexes up to \(SVMLightShape.maximumIndex)")
      }
      // A stream reads only as many columns as its reader wants.
      guard index < kinds.count else { break }
      while let first = full.first, first <= index {
        if first < index { set(0, first, columns) }
        full.removeFirst()
      }
      set(value, index, columns)
      next = index + 1
    }
    for column in full { set(0, column, columns) }
    return nil
  }

  private func set(_ value: Double, _ column: Int, _ columns: BlockColumns) {
    let (row, builder) = (columns.rowCount, columns.builders[column])
    switch kinds[column] {
    case .skipped: break
    case .sparse:
      if value != 0 {
        columns.entries.append(SparseEntry(row: Int32(row), column: Int32(column), number: value))
      }
    case .number, .time:
      if let integer = Int32(exactly: value) {
        builder.set(row, integer: integer)
      } else {
        builder.set(row, real: value)
      }
    case .level: builder.set(row, level: NumberText.shortest(value))
    case .text: builder.append(text: NumberText.shortest(value))
    }
  }
}
