internal import Algorithms

/// The numbers of a mostly zero column; only the others are stored.
package struct SparseNumbers: Sendable, Equatable {
  /// The memory for one nonzero number.
  package static let bytesPerNumber = MemoryLayout<Int32>.stride + MemoryLayout<Double>.stride

  /// The rows with nonzero numbers, ascending.
  package let rows: [Int32]
  package let numbers: [Double]
  package let rowCount: Int

  package init(rows: [Int32], numbers: [Double], rowCount: Int) {
    self.rows = rows
    self.numbers = numbers
    self.rowCount = rowCount
  }

  package subscript(row: Int) -> Double {
    let index = rows.partitioningIndex { Int($0) >= row }
    return index < rows.count && Int(rows[index]) == row ? numbers[index] : 0
  }

  package var isWhole: Bool { numbers.allSatisfy { $0 == $0.rounded() } }

  /// Calls `body` with every row and its number, including zeros.
  @inline(__always)
  func forEach(_ body: (_ row: Int, _ number: Double) -> Void) {
    var next = 0
    for (row, number) in zip(rows, numbers) {
      while next < Int(row) {
        body(next, 0)
        next += 1
      }
      body(next, number)
      next += 1
    }
    while next < rowCount {
      body(next, 0)
      next += 1
    }
  }

  /// The numbers of all rows.
  var expanded: [Double] {
    var all = [Double](repeating: 0, count: rowCount)
    for (row, number) in zip(rows, numbers) { all[Int(row)] = number }
    return all
  }

  /// Returns the numbers of the given rows, in that order.
  func selecting(_ selection: [Int]) -> SparseNumbers {
    var (kept, values): ([Int32], [Double]) = ([], [])
    for (place, row) in selection.enumerated() {
      let number = self[row]
      guard number != 0 else { continue }
      kept.append(Int32(place))
      values.append(number)
    }
    return SparseNumbers(rows: kept, numbers: values, rowCount: selection.count)
  }

  /// Concatenates the numbers of the parts.
  static func joined(_ parts: [SparseNumbers]) -> SparseNumbers {
    var first: Int32 = 0
    var rows: [Int32] = []
    for part in parts {
      rows += part.rows.map { $0 + first }
      first += Int32(part.rowCount)
    }
    return SparseNumbers(rows: rows, numbers: parts.flatMap(\.numbers), rowCount: Int(first))
  }
}
