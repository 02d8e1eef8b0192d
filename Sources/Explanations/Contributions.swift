/// The contributions of columns to the margins of rows.
package struct Contributions: Sendable {
  /// The columns of the table, last the offset, if there is one.
  package let columns: [String]
  package let scale: MarginScale
  package let rowCount: Int
  /// The mean margin of the background, one per margin.
  package let bias: [Double]
  /// Row-major [rows x margins x columns].
  private var values: [Double]

  init(columns: [String], scale: MarginScale, rowCount: Int, bias: [Double]) {
    self.columns = columns
    self.scale = scale
    self.rowCount = rowCount
    self.bias = bias
    values = [Double](repeating: 0, count: rowCount * scale.count * columns.count)
  }

  /// Returns the contributions of all columns to a margin of a row.
  package func values(row: Int, margin: Int) -> ArraySlice<Double> {
    let start = (row * scale.count + margin) * columns.count
    return values[start..<start + columns.count]
  }

  /// Returns the margin of a row: the bias and all contributions.
  package func sum(row: Int, margin: Int) -> Double { values(row: row, margin: margin).reduce(bias[margin], +) }

  mutating func add(_ value: Double, row: Int, margin: Int = 0, column: Int) {
    values[(row * scale.count + margin) * columns.count + column] += value
  }

  /// The columns by descending mean of the absolute contributions, over all rows and margins.
  package var ranked: [(column: Int, mean: Double)] {
    let count = Double(max(1, rowCount * scale.count))
    let means = columns.indices.map { column in
      stride(from: column, to: values.count, by: max(1, columns.count)).reduce(0) { $0 + abs(values[$1]) } / count
    }
    return means.enumerated().sorted { ($1.element, $0.offset) < ($0.element, $1.offset) }.map {
      ($0.offset, $0.element)
    }
  }
}
