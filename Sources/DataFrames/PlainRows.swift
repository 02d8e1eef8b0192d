/// Encoded rows with every input written out as a number, so that single inputs can be read and copied.
///
/// They have inputs only: no responses, weights or offsets.
package struct PlainRows: Sendable, Equatable {
  package private(set) var rowCount: Int
  let categoricalCount: Int
  let numericCount: Int
  /// The precision of the engine; all rows of a model have the same.
  private let isDouble: Bool
  private(set) var units: [Int32]
  /// The numeric inputs in single precision; empty in double precision.
  private(set) var singles: [Float] = []
  private(set) var doubles: [Double] = []

  package init(_ rows: EncodedRows) {
    rowCount = rows.rowCount
    categoricalCount = rows.categoricalCount
    numericCount = rows.numericCount
    units = rows.units
    switch rows.numerics {
    case .doubles(let values): (isDouble, doubles) = (true, values)
    case .singles(let values): (isDouble, singles) = (false, values)
    case .bytes, .sparse:
      isDouble = false
      singles.reserveCapacity(rows.rowCount * rows.numericCount)
      let cursor = RowCursor<Float>(rows)
      for row in 0..<rows.rowCount {
        cursor.move(to: row)
        singles.append(contentsOf: cursor.numerics)
      }
    }
  }

  /// Creates a list without rows for rows of the same encoding.
  package init(like other: PlainRows) {
    rowCount = 0
    (categoricalCount, numericCount, isDouble) = (other.categoricalCount, other.numericCount, other.isDouble)
    units = []
  }

  /// The rows for a network.
  package var encoded: EncodedRows {
    EncodedRows(
      rowCount: rowCount, categoricalCount: categoricalCount, numericCount: numericCount, units: units,
      numerics: isDouble ? .doubles(doubles) : .singles(singles), targets: [], weights: nil, offsets: nil,
      incomplete: RowSet())
  }

  /// Appends rows of the same encoding.
  package mutating func append(_ other: PlainRows) { append(other, rows: 0..<other.rowCount) }

  /// Appends a copy of some rows of the same encoding.
  mutating func append(_ other: PlainRows, rows: Range<Int>) {
    precondition(
      other.categoricalCount == categoricalCount && other.numericCount == numericCount && other.isDouble == isDouble,
      "only rows of one model can be joined")
    units += other.units[rows.lowerBound * categoricalCount..<rows.upperBound * categoricalCount]
    let numbers = rows.lowerBound * numericCount..<rows.upperBound * numericCount
    if isDouble { doubles += other.doubles[numbers] } else { singles += other.singles[numbers] }
    rowCount += rows.count
  }

  /// Appends a copy of the last row.
  package mutating func appendLast() {
    for index in units.count - categoricalCount..<units.count { units.append(units[index]) }
    if isDouble {
      for index in doubles.count - numericCount..<doubles.count { doubles.append(doubles[index]) }
    } else {
      for index in singles.count - numericCount..<singles.count { singles.append(singles[index]) }
    }
    rowCount += 1
  }

  /// Appends a copy of one row of the same encoding.
  package mutating func append(_ row: Int, of other: PlainRows) { append(other, rows: row..<row + 1) }

  /// Replaces the inputs of a column in a row by those of a row of the same encoding.
  package mutating func replace(_ column: ColumnInputs, inRow target: Int, by row: Int, of other: PlainRows) {
    for index in column.categoricals {
      units[target * categoricalCount + index] = other.units[row * categoricalCount + index]
    }
    for index in column.numerics {
      let (place, source) = (target * numericCount + index, row * numericCount + index)
      if isDouble { doubles[place] = other.doubles[source] } else { singles[place] = other.singles[source] }
    }
  }

  /// Replaces the inputs of a column in the last row by those of a row of the same encoding.
  package mutating func replaceLast(_ column: ColumnInputs, by row: Int, of other: PlainRows) {
    replace(column, inRow: rowCount - 1, by: row, of: other)
  }

  /// Returns true if a row has the same inputs in a column as a row of the same encoding.
  package func agrees(_ row: Int, with other: PlainRows, _ otherRow: Int, in column: ColumnInputs) -> Bool {
    column.categoricals.allSatisfy {
      units[row * categoricalCount + $0] == other.units[otherRow * categoricalCount + $0]
    }
      && column.numerics.allSatisfy { index in
        let (own, foreign) = (row * numericCount + index, otherRow * numericCount + index)
        return isDouble ? doubles[own] == other.doubles[foreign] : singles[own] == other.singles[foreign]
      }
  }

  /// Returns the first rows.
  package func prefix(_ count: Int) -> PlainRows {
    var result = PlainRows(like: self)
    result.append(self, rows: 0..<min(count, rowCount))
    return result
  }

  /// Removes all rows and keeps their memory.
  package mutating func removeAll() {
    units.removeAll(keepingCapacity: true)
    singles.removeAll(keepingCapacity: true)
    doubles.removeAll(keepingCapacity: true)
    rowCount = 0
  }
}

extension EncodedRows {
  /// Returns the rows with other inputs; responses, weights and offsets stay.
  ///
  /// - `inputs`: As many rows of the same encoding.
  package func withInputs(_ inputs: PlainRows) -> EncodedRows {
    let other = inputs.encoded
    precondition(other.rowCount == rowCount, "each row needs new inputs")
    return EncodedRows(
      rowCount: rowCount, categoricalCount: categoricalCount, numericCount: numericCount, units: other.units,
      numerics: other.numerics, targets: targets, weights: weights, offsets: offsets, incomplete: incomplete,
      strangers: strangers)
  }

  /// The rows without their offsets.
  package var withoutOffsets: EncodedRows {
    EncodedRows(
      rowCount: rowCount, categoricalCount: categoricalCount, numericCount: numericCount, units: units,
      numerics: numerics, targets: targets, weights: weights, offsets: nil, incomplete: incomplete,
      strangers: strangers)
  }
}

/// The stored form: inputs as numbers in double precision, which hold single precision exactly.
extension PlainRows: Codable {
  private enum CodingKeys: String, CodingKey {
    case rowCount = "rows"
    case categoricalCount = "categorical_columns"
    case numericCount = "numeric_inputs"
    case isDouble = "double_precision"
    case units
    case numbers
  }

  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    rowCount = try values.decode(Int.self, forKey: .rowCount)
    categoricalCount = try values.decode(Int.self, forKey: .categoricalCount)
    numericCount = try values.decode(Int.self, forKey: .numericCount)
    isDouble = try values.decode(Bool.self, forKey: .isDouble)
    units = try values.decode([Int32].self, forKey: .units)
    let numbers = try values.decode([Double].self, forKey: .numbers)
    if isDouble { doubles = numbers } else { singles = numbers.map { Float($0) } }
  }

  package func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(rowCount, forKey: .rowCount)
    try values.encode(categoricalCount, forKey: .categoricalCount)
    try values.encode(numericCount, forKey: .numericCount)
    try values.encode(isDouble, forKey: .isDouble)
    try values.encode(units, forKey: .units)
    try values.encode(isDouble ? doubles : singles.map { Double($0) }, forKey: .numbers)
  }

  /// Returns true if the rows can be inputs of a network with this encoding.
  ///
  /// - `isDouble`: Whether the network takes inputs in double precision.
  package func isSound(for encoding: RowEncoding, isDouble: Bool) -> Bool {
    guard rowCount >= 0, categoricalCount == encoding.categoricals.count, numericCount == encoding.numerics.count,
      self.isDouble == isDouble
    else { return false }
    let numbers = isDouble ? doubles.count : singles.count
    let (unitCount, unitOverflow) = rowCount.multipliedReportingOverflow(by: categoricalCount)
    let (numberCount, numberOverflow) = rowCount.multipliedReportingOverflow(by: numericCount)
    return !unitOverflow && !numberOverflow && units.count == unitCount && numbers == numberCount
      && units.allSatisfy { $0 >= -1 && Int($0) < encoding.categoricalInputs }
      && doubles.allSatisfy(\.isFinite) && singles.allSatisfy(\.isFinite)
  }
}
