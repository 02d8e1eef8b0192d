/// The moments of a numeric column over the rows that hold a value.
package struct ColumnStatistics: Sendable, Equatable {
  package let count: Int
  package let mean: Double
  /// The sample standard deviation (divisor count - 1); 0 for fewer than two values, except in
  /// ``running(_:weights:)``.
  package let deviation: Double
  package let minimum: Double
  package let maximum: Double

  package init(_ column: Column) {
    if case .sparse(let numbers) = column.values, column.missing.isEmpty {
      self.init(numbers)
      return
    }
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

  /// Adds all zeros in one step.
  private init(_ sparse: SparseNumbers) {
    let zeros = sparse.rowCount - sparse.numbers.count
    let (low, high) = zeros > 0 ? (0.0, 0.0) : (.infinity, -.infinity)
    let mean = sparse.rowCount > 0 ? sparse.numbers.reduce(0, +) / Double(sparse.rowCount) : 0
    let squares = sparse.numbers.reduce(Double(zeros) * mean * mean) { $0 + ($1 - mean) * ($1 - mean) }
    self.init(
      count: sparse.rowCount, mean: mean, squares: squares, minimum: sparse.numbers.reduce(low, min),
      maximum: sparse.numbers.reduce(high, max))
  }

  private init(count: Int, mean: Double, squares: Double, minimum: Double, maximum: Double) {
    let deviation = count > 1 ? (squares / Double(count - 1)).squareRoot() : 0
    self.init(count: count, mean: mean, deviation: deviation, minimum: minimum, maximum: maximum)
  }

  init(count: Int, mean: Double, deviation: Double, minimum: Double, maximum: Double) {
    self.count = count
    self.mean = mean
    self.deviation = deviation
    self.minimum = minimum
    self.maximum = maximum
  }

  /// Computes the weighted mean and deviation; the deviation is corrected for the number of rows
  /// with positive weight, as in H2O.
  ///
  /// Source: h2o-behaviour.md#scaling-of-inputs.
  package init(_ column: Column, weights: Column) {
    let plain = ColumnStatistics(column)
    var (total, sum, squares) = (0.0, 0.0, 0.0)
    var rowsWithWeight = 0
    column.forEachNumber { row, value in
      guard !value.isNaN else { return }
      let weight = weights.number(at: row)
      if weight != 0 { rowsWithWeight += 1 }
      total += weight
      sum += weight * value
    }
    let mean = total > 0 ? sum / total : 0
    column.forEachNumber { row, value in
      if !value.isNaN { squares += weights.number(at: row) * (value - mean) * (value - mean) }
    }
    let count = rowsWithWeight
    // The common initialiser divides by count - 1, so the sum of squares is rescaled.
    self.init(
      count: count, mean: mean, squares: total > 0 ? squares / total * Double(count) : 0, minimum: plain.minimum,
      maximum: plain.maximum)
  }
}
