extension ColumnStatistics {
  /// Returns moments that are updated row by row, as H2O does.
  ///
  /// The result equals H2O's to the last bit. That bit decides whether a value equal to the mean
  /// becomes an input of exactly zero, which `fast_mode` skips.
  ///
  /// H2O updates the moments within each chunk; tables of up to 64 KiB of text have one chunk.
  ///
  /// - `weights`: The weight of each row; nil gives every row weight 1.
  /// - Source: Welford 1962, West 1979; compared bit by bit with H2O
  ///   (Tests/Support/golden/moments.py).
  package static func running(_ column: Column, weights: Column?) -> ColumnStatistics {
    var (count, total, mean, squares) = (0, 0.0, 0.0, 0.0)
    var (low, high) = (Double.infinity, -Double.infinity)
    column.forEachNumber { row, value in
      guard !value.isNaN else { return }
      low = min(low, value)
      high = max(high, value)
      let difference = value - mean
      guard let weights else {
        count += 1
        mean += difference / Double(count)
        squares += difference * (value - mean)
        return
      }
      let weight = weights.number(at: row)
      guard weight != 0 else { return }
      count += 1
      let step = difference * weight / (total + weight)
      mean += step
      squares += total * difference * step
      total += weight
    }
    // H2O has no deviation for a single weighted number. The column is then not an input, and its
    // rows count as incomplete.
    let ofOne = weights == nil || count == 0 ? 0 : Double.nan
    let variance =
      count < 2
      ? ofOne
      : weights == nil ? squares / Double(count - 1) : Double(count) / Double(count - 1) * squares / total
    return ColumnStatistics(count: count, mean: mean, deviation: variance.squareRoot(), minimum: low, maximum: high)
  }
}
