/// Numeric inputs of rows of which most are zero: for each row those that are not.
package struct SparseRows: Sendable {
  /// Where the entries of a row begin; one more than there are rows.
  let starts: [Int]
  /// Which numeric input it is, counted from the first one; ascending in a row.
  let inputs: [Int32]
  let values: [Float]

  var longestRow: Int { zip(starts, starts.dropFirst()).map { $1 - $0 }.max() ?? 0 }

  /// The rows of the given numbers, in that order.
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
  /// Turns columns into rows.
  ///
  /// - Parameters:
  ///   - rowCount: Of every column.
  ///   - columns: In the order of the inputs; nil for a column whose inputs are all zero.
  ///   - input: The input for a number of a column, NaN where it is missing. Zero gives zero.
  /// - Returns: The rows, and nothing where it would be no smaller than writing all inputs out.
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
    // An entry takes two numbers.
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
