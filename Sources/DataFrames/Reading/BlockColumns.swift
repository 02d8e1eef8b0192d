/// What a block of records holds.
///
/// `@unchecked Sendable`: one thread fills it, then it is only read.
final class BlockColumns: @unchecked Sendable {
  /// One for each column; sparse columns have the same one, which holds nothing.
  let builders: [ColumnBuilder]
  /// What is not zero in sparse columns, row after row.
  var entries: [SparseEntry] = []
  var rowCount = 0
  /// Lines of the block, also those inside quotes.
  var lineCount = 0
  /// Lines with too few fields.
  var shortLines = 0
  /// Lines with too many fields, whose rest is left out; the first one counts from the start of the block.
  var longLines = 0
  var firstLongLine: Int?
  /// What is wrong with the first line that cannot be read; lines count from the start of the block.
  var fault: Fault?

  enum Fault {
    case unclosedQuote(line: Int)
    /// A line that breaks the rules of its format.
    case malformed(line: Int, found: String, expected: String)
    /// For the columns of the block: a wide table of which the block has many short lines.
    case outOfMemory(byteCount: Int)
  }

  private let pages: Pages?

  /// Room for `capacity` rows; a fault and no columns where there is no memory.
  init(kinds: [ColumnBuilder.Kind], capacity: Int) {
    let byteCount = capacity * kinds.count { $0 != .sparse }
    pages = Pages(byteCount: byteCount)
    guard let pages else {
      builders = []
      fault = .outOfMemory(byteCount: byteCount)
      return
    }
    let sparse = ColumnBuilder(kind: .sparse, capacity: 0, bytes: pages.start)
    var next = pages.start
    builders = kinds.map { kind in
      guard kind != .sparse else { return sparse }
      defer { next += capacity }
      return ColumnBuilder(kind: kind, capacity: capacity, bytes: next)
    }
  }

  func noteLongLine(_ line: Int) {
    longLines += 1
    if firstLongLine == nil { firstLongLine = line }
  }
}

/// Reads the records of blocks of one format into columns; used by several threads at a time.
protocol BlockParser: Sendable {
  /// The columns of `block`; `isFirst`: whether the file begins with it.
  func read(_ block: TextBlock, isFirst: Bool) -> BlockColumns
}
