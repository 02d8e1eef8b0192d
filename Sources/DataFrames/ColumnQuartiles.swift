/// The quartiles of a numeric column over the rows that hold a value and have a weight above 0.
struct ColumnQuartiles {
  let median: Double
  /// The factor that scales the interquartile range to 1; if that is 0, half of the range; 0 for constant columns.
  let factor: Double

  /// `weights`: Decides which rows count; their weights are not used otherwise.
  init(_ column: Column, weights: Column?) {
    var values: [Double] = []
    values.reserveCapacity(column.rowCount)
    column.forEachNumber { row, value in
      guard !value.isNaN, weights.map({ $0.number(at: row) > 0 }) ?? true else { return }
      values.append(value)
    }
    values.sort()
    guard let low = values.first, let high = values.last else {
      (median, factor) = (0, 0)
      return
    }
    median = Self.quantile(0.5, of: values)
    let range = Self.quantile(0.75, of: values) - Self.quantile(0.25, of: values)
    let spread = range > 0 ? range : (high - low) / 2
    factor = spread > 0 && spread.isFinite ? 1 / spread : 0
  }

  /// Returns a quantile, linear between neighbours: "type 7" of Hyndman and Fan, 1996.
  private static func quantile(_ share: Double, of sorted: [Double]) -> Double {
    let place = share * Double(sorted.count - 1)
    let lower = Int(place)
    guard lower + 1 < sorted.count else { return sorted[sorted.count - 1] }
    let part = place - Double(lower)
    return part == 0 ? sorted[lower] : sorted[lower] + part * (sorted[lower + 1] - sorted[lower])
  }
}
