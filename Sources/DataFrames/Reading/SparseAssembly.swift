/// A nonzero number of a sparse table.
struct SparseEntry {
  let row: Int32
  let column: Int32
  let number: Double
}

/// Joins the entries of sparse columns from all blocks.
struct SparseAssembly {
  private let rowCount: Int
  /// By column; empty for columns that are not sparse.
  private var rows: [[Int32]]
  private var numbers: [[Double]]

  init(_ blocks: [BlockColumns], columnCount: Int) {
    rowCount = blocks.reduce(0) { $0 + $1.rowCount }
    var counts = [Int](repeating: 0, count: columnCount)
    for block in blocks { for entry in block.entries { counts[Int(entry.column)] += 1 } }
    rows = [[Int32]](repeating: [], count: columnCount)
    numbers = [[Double]](repeating: [], count: columnCount)
    for (column, count) in counts.enumerated() where count > 0 {
      rows[column].reserveCapacity(count)
      numbers[column].reserveCapacity(count)
    }
    var first: Int32 = 0
    for block in blocks {
      for entry in block.entries {
        rows[Int(entry.column)].append(first + entry.row)
        numbers[Int(entry.column)].append(entry.number)
      }
      first += Int32(block.rowCount)
    }
  }

  /// Returns the numbers of a column, as a list of nonzero numbers if that is the smaller storage.
  func values(_ column: Int) -> Column.Values {
    let sparse = SparseNumbers(rows: rows[column], numbers: numbers[column], rowCount: rowCount)
    let width = NumberWidth(holding: sparse.numbers)
    return SparseNumbers.bytesPerNumber * sparse.numbers.count < width.bytesPerRow * rowCount
      ? .sparse(sparse) : width.values(sparse.expanded)
  }
}
