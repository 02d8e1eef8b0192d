internal import Wording

/// Reads the rows of an SVMLight file.
///
/// Features become lists of nonzero numbers. The label and features with a declared type become ordinary columns.
struct SVMLightBlockReader: BlockParser {
  private let kinds: [ColumnBuilder.Kind]
  /// The features that hold a value in every row.
  private let fullFeatures: [Int]
  /// The index of the first feature.
  private let indexBase: Int
  /// Where readers of messages state keys.
  private let keys: KeyPlace

  init(kinds: [ColumnBuilder.Kind], indexBase: Int, keys: KeyPlace) {
    self.kinds = kinds
    self.keys = keys
    self.indexBase = indexBase
    fullFeatures = kinds.indices.dropFirst().filter { kinds[$0] != .sparse && kinds[$0] != .skipped }
  }

  func read(_ block: TextBlock, isFirst: Bool) -> BlockColumns {
    var lines = SVMLightLines(block.bytes)
    let columns = BlockColumns(kinds: kinds, capacity: block.maximumRecords)
    guard columns.fault == nil else { return columns }
    var pairs: [Pair] = []
    while lines.next() {
      if lines.words.isEmpty { continue }
      if let fault = take(lines, columns, &pairs) {
        columns.fault = fault
        break
      }
      columns.rowCount += 1
    }
    columns.lineCount = lines.number
    columns.finish()
    return columns
  }

  /// A feature of a row: its index in the file, and the words that hold it.
  private struct Pair {
    let index: Int
    let word: Range<Int>
    let value: Double
  }

  private func take(_ lines: SVMLightLines, _ columns: BlockColumns, _ pairs: inout [Pair]) -> BlockColumns.Fault? {
    func fault(_ word: Range<Int>, _ expected: String) -> BlockColumns.Fault {
      .malformed(line: lines.number, found: "'\(lines.text(word).prefix(40))'", expected: expected)
    }
    guard let label = lines.number(lines.words[0]) else { return fault(lines.words[0], "a numeric label") }
    set(label, 0, columns)
    pairs.removeAll(keepingCapacity: true)
    var isSorted = true
    for word in lines.words.dropFirst() where !lines.isQuery(word) {
      guard let (index, place) = lines.pair(word), let value = lines.number(place) else {
        return fault(word, "a pair of numbers, index:value")
      }
      guard index >= indexBase else {
        return fault(word, "indexes from 1; state index_base: 0\(keys.words) if the first feature has index 0")
      }
      guard index <= SVMLightShape.maximumIndex else {
        return fault(word, "indexes up to \(SVMLightShape.maximumIndex)")
      }
      if let last = pairs.last, last.index >= index { isSorted = false }
      pairs.append(Pair(index: index, word: word, value: value))
    }
    if !isSorted { pairs.sort { ($0.index, $0.word.lowerBound) < ($1.index, $1.word.lowerBound) } }
    return setFeatures(pairs, columns) { fault($0, "distinct indexes; this one occurs before in the line") }
  }

  /// Sets the features of a row, in the order of their indexes.
  private func setFeatures(
    _ pairs: [Pair], _ columns: BlockColumns, duplicate: (Range<Int>) -> BlockColumns.Fault
  ) -> BlockColumns.Fault? {
    var full = fullFeatures[...]
    var previous = -1
    for pair in pairs {
      guard pair.index != previous else { return duplicate(pair.word) }
      previous = pair.index
      let column = pair.index - indexBase + 1
      // A stream reads only as many columns as its reader wants.
      guard column < kinds.count else { continue }
      while let first = full.first, first <= column {
        if first < column { set(0, first, columns) }
        full.removeFirst()
      }
      set(pair.value, column, columns)
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
    case .text: builder.set(row, text: NumberText.shortest(value))
    }
  }
}
