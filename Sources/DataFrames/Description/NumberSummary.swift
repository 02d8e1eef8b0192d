/// The range, mean and number of different values of a numeric column.
struct NumberSummary {
  /// The magnitude up to which every whole number is a double.
  private static let exactWholeNumbers = 0x1p53

  /// True if every value is a whole number that a double holds exactly.
  let isWhole: Bool
  let distinctCount: Int
  /// Nil if every value is missing.
  let range: ColumnDescription.Range?

  init(_ column: Column) {
    var seen = DistinctWords()
    var (low, high) = (Double.infinity, -Double.infinity)
    var sum = CompensatedSum()
    var count = 0
    var isWhole = true
    func take(_ value: Double, times: Int = 1) {
      low = min(low, value)
      high = max(high, value)
      count += times
      isWhole = isWhole && value == value.rounded() && abs(value) <= Self.exactWholeNumbers
      // Adding zero makes one value of 0 and -0.
      seen.insert((value + 0).bitPattern)
      if value != 0 { sum.add(value) }
    }
    if case .sparse(let sparse) = column.values, column.missing.isEmpty {
      for number in sparse.numbers { take(number) }
      let zeros = sparse.rowCount - sparse.numbers.count
      if zeros > 0 { take(0, times: zeros) }
    } else {
      column.forEachNumber { _, value in if !value.isNaN { take(value) } }
    }
    self.isWhole = isWhole
    distinctCount = seen.count
    guard count > 0 else {
      range = nil
      return
    }
    var mean = sum.value / Double(count)
    if !mean.isFinite {
      // The sum exceeds the largest double, but the mean does not.
      mean = 0
      column.forEachNumber { _, value in if !value.isNaN { mean += value / Double(count) } }
    }
    range = ColumnDescription.Range(minimum: low, maximum: high, mean: mean)
  }
}
