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
    column.forEachNumber { _, value in
      guard !value.isNaN else { return }
      count += 1
      sum += value
      low = value < low ? value : low
      high = value > high ? value : high
    }
    let mean = count > 0 ? sum / Double(count) : 0
    var squares = 0.0
    column.forEachNumber { _, value in
      if !value.isNaN { squares += (value - mean) * (value - mean) }
    }
    self.init(count: count, mean: mean, squares: squares, minimum: low, maximum: high)
  }

  private init(count: Int, mean: Double, squares: Double, minimum: Double, maximum: Double) {
    self.count = count
    self.mean = mean
    deviation = count > 1 ? (squares / Double(count - 1)).squareRoot() : 0
    self.minimum = minimum
    self.maximum = maximum
  }

  /// Weighted mean and deviation; the deviation is corrected for the number of rows with weight, as in H2O.
  ///
  /// Source: behavioural notes, section 2.3.
  package init(_ column: Column, weights: Column) {
    let plain = ColumnStatistics(column)
    var (total, sum, squares) = (0.0, 0.0, 0.0)
    var rowsWithWeight = 0
    for row in 0..<column.rowCount {
      let weight = weights.number(at: row)
      let value = column.number(at: row)
      guard !value.isNaN else { continue }
      if weight != 0 { rowsWithWeight += 1 }
      total += weight
      sum += weight * value
    }
    let mean = total > 0 ? sum / total : 0
    for row in 0..<column.rowCount {
      let value = column.number(at: row)
      if !value.isNaN { squares += weights.number(at: row) * (value - mean) * (value - mean) }
    }
    let count = rowsWithWeight
    // The common initialiser divides by count - 1.
    self.init(
      count: count, mean: mean, squares: total > 0 ? squares / total * Double(count) : 0, minimum: plain.minimum,
      maximum: plain.maximum)
  }
}
