/// The range, mean and number of different values of a numeric column.
struct NumberSummary {
  /// True if every value is a whole number that a double holds exactly.
  let isWhole: Bool
  let distinctCount: Int
  /// Nil if every value is missing.
  let range: ColumnDescription.Range?

  init(_ column: Column) {
    let one = ScaledNumbers.Unit.places(0)
    let column = column.inMemory
    switch column.values {
    case .bytes(let numbers): self.init(numbers, of: one, missing: column.missing)
    case .shorts(let numbers): self.init(numbers, of: one, missing: column.missing)
    case .integers(let numbers): self.init(numbers, of: one, missing: column.missing)
    case .scaled(let numbers): self.init(numbers.counts, of: numbers.unit, missing: column.missing)
    case .doubles, .sparse, .coded, .packed, .mapped: self.init(reals: column)
    }
  }

  /// Summarises whole numbers of `unit`, whose sum is exact.
  private init<Number: FixedWidthInteger>(_ numbers: [Number], of unit: ScaledNumbers.Unit, missing: RowSet) {
    let count = numbers.count - missing.count
    guard count > 0 else {
      (isWhole, distinctCount, range) = (true, 0, nil)
      return
    }
    let (low, high, sum) = Self.extent(numbers, missing: missing)
    let divisor = Int(unit.divisor)
    isWhole =
      divisor == 1
      || !numbers.indices.contains { !Int(numbers[$0]).isMultiple(of: divisor) && !missing.contains($0) }
    distinctCount = Self.distinct(numbers, from: Int(low), to: Int(high), missing: missing)
    range = ColumnDescription.Range(
      minimum: Double(low) * unit.multiplier / unit.divisor, maximum: Double(high) * unit.multiplier / unit.divisor,
      mean: Double(sum) / Double(count) * unit.multiplier / unit.divisor)
  }

  /// Returns the smallest and the largest number, and the sum.
  private static func extent<Number: FixedWidthInteger>(
    _ numbers: [Number], missing: RowSet
  ) -> (low: Number, high: Number, sum: Int) {
    var (low, high, sum) = (Number.max, Number.min, 0)
    if missing.isEmpty {
      for number in numbers {
        low = min(low, number)
        high = max(high, number)
        sum &+= Int(truncatingIfNeeded: number)
      }
    } else {
      for row in numbers.indices where !missing.contains(row) {
        low = min(low, numbers[row])
        high = max(high, numbers[row])
        sum &+= Int(truncatingIfNeeded: numbers[row])
      }
    }
    return (low, high, sum)
  }

  /// Returns the number of different whole numbers, which lie between `low` and `high`.
  private static func distinct<Number: FixedWidthInteger>(
    _ numbers: [Number], from low: Int, to high: Int, missing: RowSet
  ) -> Int {
    // One bit for each possible number is faster and smaller than a hash table where most of them occur.
    guard high - low < max(smallSpan, numbers.count * bitsPerRow) else {
      var words = DistinctWords()
      let hasMissing = !missing.isEmpty
      for row in numbers.indices where !hasMissing || !missing.contains(row) {
        words.insert(UInt64(truncatingIfNeeded: numbers[row]))
      }
      return words.count
    }
    var bits = [UInt64](repeating: 0, count: (high - low) / 64 + 1)
    bits.withUnsafeMutableBufferPointer { bits in
      let hasMissing = !missing.isEmpty
      for row in numbers.indices where !hasMissing || !missing.contains(row) {
        let place = Int(truncatingIfNeeded: numbers[row]) - low
        bits[place >> 6] |= 1 << UInt64(truncatingIfNeeded: place & 63)
      }
    }
    return bits.reduce(0) { $0 + $1.nonzeroBitCount }
  }

  /// The span of numbers for which bits are set even in short columns, and the bits per row in long ones.
  private static let (smallSpan, bitsPerRow) = (1 << 16, 32)

  private init(reals column: Column) {
    var tally = Tally()
    if case .sparse(let sparse) = column.values, column.missing.isEmpty {
      for number in sparse.numbers { tally.take(number) }
      let zeros = sparse.rowCount - sparse.numbers.count
      if zeros > 0 { tally.take(0, times: zeros) }
    } else {
      column.forEachNumber { _, value in if !value.isNaN { tally.take(value) } }
    }
    isWhole = tally.isWhole
    distinctCount = tally.seen.count
    guard tally.count > 0 else {
      range = nil
      return
    }
    let count = Double(tally.count)
    var mean = tally.sum.value / count
    if !mean.isFinite {
      // The sum exceeds the largest double, but the mean does not.
      mean = 0
      column.forEachNumber { _, value in if !value.isNaN { mean += value / count } }
    }
    range = ColumnDescription.Range(minimum: tally.low, maximum: tally.high, mean: mean)
  }
}

/// The values of a column so far.
private struct Tally {
  /// The magnitude up to which every whole number is a double.
  private static let exactWholeNumbers = 0x1p53

  private(set) var low = Double.infinity
  private(set) var high = -Double.infinity
  private(set) var sum = CompensatedSum()
  private(set) var count = 0
  private(set) var isWhole = true
  private(set) var seen = DistinctWords()

  mutating func take(_ value: Double, times: Int = 1) {
    low = min(low, value)
    high = max(high, value)
    count += times
    isWhole = isWhole && value == value.rounded() && abs(value) <= Self.exactWholeNumbers
    // Adding zero makes one value of 0 and -0.
    seen.insert((value + 0).bitPattern)
    if value != 0 { sum.add(value) }
  }
}
