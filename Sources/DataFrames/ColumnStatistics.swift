/// Moments of a numeric column, over the rows that hold a value.
package struct ColumnStatistics: Sendable, Equatable {
  package let count: Int
  package let mean: Double
  /// Sample standard deviation (divided by count - 1); 0 for fewer than two values.
  package let deviation: Double
  package let minimum: Double
  package let maximum: Double

  package init(_ column: Column) {
    var count = 0
    var sum = 0.0
    var low = Double.infinity
    var high = -Double.infinity
    for row in 0..<column.rowCount {
      let value = column.number(at: row)
      guard !value.isNaN else { continue }
      count += 1
      sum += value
      low = min(low, value)
      high = max(high, value)
    }
    let mean = count > 0 ? sum / Double(count) : 0
    var squares = 0.0
    for row in 0..<column.rowCount {
      let value = column.number(at: row)
      if !value.isNaN { squares += (value - mean) * (value - mean) }
    }
    self.count = count
    self.mean = mean
    deviation = count > 1 ? (squares / Double(count - 1)).squareRoot() : 0
    minimum = low
    maximum = high
  }
}
