/// The columns of one block of records.
///
/// `@unchecked Sendable`: one thread fills it; afterwards at most one thread at a time works on a column.
final class BlockColumns: @unchecked Sendable {
  /// One builder per column; sparse columns share an empty one.
  private(set) var builders: [ColumnBuilder]
  /// The nonzero numbers of sparse columns, row by row.
  var entries: [SparseEntry] = []
  var rowCount = 0
  /// The number of lines in the block, including those inside quotes.
  var lineCount = 0
  private(set) var shortLines = 0
  private(set) var firstShortLine: Int?
  /// The number of lines with too many fields, whose extra fields are dropped; the first such line
  /// counts from the start of the block.
  private(set) var longLines = 0
  private(set) var firstLongLine: Int?
  /// The number of lines that end in a separator too many, and the first of them.
  private(set) var emptyEnds = 0
  private(set) var firstEmptyEnd: Int?
  /// The number of quoted fields with text behind the closing quote, and the line of the first.
  var strayTexts = 0
  var firstStrayText: Int?
  /// The number of rows of an ARFF file that end in a weight.
  var weightedRows = 0
  /// The end of the text that is not read, and its first line.
  var footer: (line: Int, footer: TableFooter)?
  /// The fault of the first unreadable line; lines count from the start of the block.
  var fault: Fault?

  enum Fault {
    case unclosedQuote(line: Int)
    /// A line that violates its format.
    case malformed(line: Int, found: String, expected: String)
    /// The columns of the block need too much memory, as in a wide table whose block has many short lines.
    case outOfMemory(byteCount: Int)
    /// The values cannot be kept in a file.
    case scratch(FrameError)
  }

  private var pages: Pages?
  private let blockBytes: Int

  /// Allocates room for `capacity` rows; without enough memory there are no columns and a fault is set.
  ///
  /// - Parameters:
  ///   - kinds: The types of the columns.
  ///   - capacity: The most rows.
  ///   - block: The block, in which texts may stay; nil to copy them.
  init(kinds: [ColumnBuilder.Kind], capacity: Int, block: TextBlock? = nil) {
    blockBytes = block?.count ?? 0
    let byteCount = capacity * kinds.count { $0 != .sparse }
    pages = Pages(byteCount: byteCount)
    guard let pages else {
      builders = []
      fault = .outOfMemory(byteCount: byteCount)
      return
    }
    let sparse = ColumnBuilder(kind: .sparse, capacity: 0, pages: pages, bytes: pages.start)
    // Some columns of texts are longer than others.
    let textCount = kinds.count { $0 == .text }
    let textBytes = min(blockBytes, 2 * blockBytes / max(1, textCount))
    let holdsTexts = textCount > 0 && blockBytes <= TextPiece.mostBytes && block?.isUTF8 == true
    var next = pages.start
    builders = kinds.map { kind in
      guard kind != .sparse else { return sparse }
      defer { next += capacity }
      return ColumnBuilder(
        kind: kind, capacity: capacity, pages: pages, bytes: next, textBytes: textBytes,
        block: holdsTexts ? block : nil)
    }
  }

  /// Ends the block.
  func finish() {
    // Texts keep the whole block in memory.
    let textBytes = builders.reduce(0) { $0 + $1.textBytes(rowCount: rowCount) }
    let blockShare = textBytes > 0 && 2 * textBytes >= blockBytes ? Double(blockBytes) / Double(textBytes) : nil
    for builder in builders where builder.kind != .sparse {
      builder.finish(rowCount: rowCount, blockShare: blockShare)
    }
  }

  /// Moves numbers and levels to a file.
  func move(to file: ScratchFile) {
    guard fault == nil else { return }
    do throws(FrameError) {
      for builder in builders { try builder.move(to: file, rowCount: rowCount) }
      pages = nil
    } catch {
      fault = .scratch(error)
    }
  }

  /// Takes column `index` from another reading of the same block.
  func take(_ index: Int, from other: BlockColumns) { builders[index] = other.builders[index] }

  func noteShortLine(_ line: Int) {
    shortLines += 1
    if firstShortLine == nil { firstShortLine = line }
  }

  func noteEmptyEnd(_ line: Int) {
    emptyEnds += 1
    if firstEmptyEnd == nil { firstEmptyEnd = line }
  }

  func noteLongLine(_ line: Int) {
    longLines += 1
    if firstLongLine == nil { firstLongLine = line }
  }
}

/// A parser that reads blocks of one format into columns; several threads use it at once.
protocol BlockParser: Sendable {
  /// Reads the columns of `block`; `isFirst` is true for the block at the start of the file.
  func read(_ block: TextBlock, isFirst: Bool) -> BlockColumns
}
