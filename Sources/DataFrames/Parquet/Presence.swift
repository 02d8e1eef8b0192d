/// The rows of a page that have a value.
///
/// Not Sendable: one thread reads a column of a row group.
final class Presence {
  @exclusivity(unchecked) private(set) var rowCount = 0
  /// The number of rows with a value.
  @exclusivity(unchecked) private(set) var valueCount = 0
  /// 1 for each row with a value, 0 for the others; meaningless if all rows have one.
  @exclusivity(unchecked) private var levels: UnsafeMutableBufferPointer<UInt32>

  init() { levels = .allocate(capacity: 0) }

  deinit { levels.deallocate() }

  private var isComplete: Bool { valueCount == rowCount }

  func hasValue(_ row: Int) -> Bool { isComplete || levels[row] & 1 == 1 }

  /// Takes `rowCount` rows that all have a value.
  func take(rowCount: Int) {
    self.rowCount = rowCount
    valueCount = rowCount
  }

  /// Reads the definition levels of `rowCount` rows of a flat column.
  ///
  /// - `isOld`: True for the encoding BIT_PACKED, whose high bits come first.
  func read(_ bytes: UnsafeRawBufferPointer, rowCount: Int, isOld: Bool) throws(ParquetFault) {
    if levels.count < rowCount {
      levels.deallocate()
      levels = .allocate(capacity: rowCount)
    }
    let target = UnsafeMutableBufferPointer(rebasing: levels[..<rowCount])
    if isOld {
      guard bytes.count * 8 >= rowCount else {
        throw .damaged("the levels of a page end too early")
      }
      for row in target.indices { target[row] = UInt32(bytes[row >> 3] >> UInt8(7 - row & 7) & 1) }
    } else {
      var runs = try RunLengths(bytes, width: 1)
      // Most pages have no missing values.
      guard try runs.single(count: rowCount) != 1 else { return take(rowCount: rowCount) }
      try runs.read(into: target)
    }
    self.rowCount = rowCount
    var sum = 0
    for row in target.indices { sum += Int(target[row] & 1) }
    valueCount = sum
  }

  /// Stores each of `values` in the row that it belongs to; rows count from `first`.
  @inline(__always)
  func scatter<Value, Stored>(
    _ values: UnsafeBufferPointer<Value>, into rows: UnsafeMutableBufferPointer<Stored>, from first: Int,
    _ convert: (Value) -> Stored
  ) {
    guard rows.count - first >= rowCount, values.count >= valueCount else { return }
    if isComplete {
      for row in 0..<rowCount { rows[first + row] = convert(values[row]) }
    } else {
      var next = 0
      for row in 0..<rowCount where levels[row] & 1 == 1 {
        rows[first + row] = convert(values[next])
        next += 1
      }
    }
  }

  /// Calls `body` with each row that has a value, and the number of that value.
  @inline(__always)
  func forEach(_ body: (_ row: Int, _ value: Int) -> Void) {
    if isComplete {
      for row in 0..<rowCount { body(row, row) }
    } else {
      var next = 0
      for row in 0..<rowCount where levels[row] & 1 == 1 {
        body(row, next)
        next += 1
      }
    }
  }

  /// Adds the rows without a value to `missing`; rows count from `first`.
  func insertMissing(into missing: inout RowSet, from first: Int) {
    guard !isComplete else { return }
    for row in 0..<rowCount where levels[row] & 1 == 0 { missing.insert(first + row) }
  }
}
