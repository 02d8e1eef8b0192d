/// Rows of mostly zero numeric inputs; only the nonzero inputs of each row are stored.
package struct SparseRows: Sendable {
  /// The index of the first entry of each row, followed by the total number of entries.
  package private(set) var starts: [Int]
  /// The numeric input of each entry, numbered from the first numeric input; ascending within a row.
  package private(set) var inputs: [Int32]
  package private(set) var values: [Float]

  package init(starts: [Int], inputs: [Int32], values: [Float]) {
    self.starts = starts
    self.inputs = inputs
    self.values = values
  }

  var longestRow: Int { zip(starts, starts.dropFirst()).map { $1 - $0 }.max() ?? 0 }

  mutating func append(_ other: SparseRows) {
    let first = inputs.count
    inputs += other.inputs
    values += other.values
    starts += other.starts.dropFirst().map { first + $0 }
  }

  /// Returns the rows with the given indexes, in that order.
  func selecting(_ selection: [Int]) -> SparseRows {
    var (starts, inputs, values): ([Int], [Int32], [Float]) = ([0], [], [])
    for row in selection {
      let entries = self.starts[row]..<self.starts[row + 1]
      inputs.append(contentsOf: self.inputs[entries])
      values.append(contentsOf: self.values[entries])
      starts.append(inputs.count)
    }
    return SparseRows(starts: starts, inputs: inputs, values: values)
  }
}

extension SparseRows {
  /// Converts columns to rows.
  ///
  /// - Parameters:
  ///   - rowCount: The number of rows in every column.
  ///   - columns: The columns in the order of the inputs; nil for a column whose inputs are all zero.
  ///   - input: Returns the input for a number in a column; the number is NaN if missing. Zero must give zero.
  /// - Returns: The rows, or nil if writing out all inputs takes no more memory.
  static func of(
    rowCount: Int, columns: [Column?], input: (_ column: Int, _ number: Double) -> Double
  ) -> SparseRows? {
    func visit(_ column: Column?, _ body: (_ row: Int, _ number: Double) -> Void) {
      guard let column else { return }
      if case .sparse(let sparse) = column.values, column.missing.isEmpty {
        for (row, number) in zip(sparse.rows, sparse.numbers) { body(Int(row), number) }
      } else {
        column.forEachNumber { row, number in if number != 0 { body(row, number) } }
      }
    }
    var starts = [Int](repeating: 0, count: rowCount + 1)
    for column in columns { visit(column) { row, _ in starts[row + 1] += 1 } }
    for row in 0..<rowCount { starts[row + 1] += starts[row] }
    let count = starts[rowCount]
    // Each entry takes two numbers.
    guard 2 * count < rowCount * columns.count else { return nil }
    var places = starts
    var inputs = [Int32](repeating: 0, count: count)
    var values = [Float](repeating: 0, count: count)
    for (index, column) in columns.enumerated() {
      visit(column) { row, number in
        inputs[places[row]] = Int32(index)
        values[places[row]] = Float(input(index, number))
        places[row] += 1
      }
    }
    return SparseRows(starts: starts, inputs: inputs, values: values)
  }
}
