/// The numbers of a column in all parts of a table, to be joined in the narrowest storage that holds them.
struct NumberParts {
  private let parts: [(storage: ColumnBuilder.Storage, rows: Int)]

  init(_ parts: [(storage: ColumnBuilder.Storage, rows: Int)]) { self.parts = parts }

  /// - `isTime`: True if the numbers are times.
  func values(isTime: Bool) -> Column.Values {
    switch width {
    case 0: return .bytes(joined())
    case 1: return .shorts(joined())
    case 2: return .integers(joined())
    default: return scaled(isTime: isTime).map(Column.Values.scaled) ?? .doubles(doubles())
    }
  }

  private var width: Int {
    parts.map { part in
      switch part.storage {
      case .bytes: 0
      case .shorts: 1
      case .integers: 2
      case .doubles, .scaled: 3
      }
    }.max() ?? 0
  }

  private func doubles() -> [Double] {
    joined { _, storage, rows, target in
      switch storage {
      case .bytes(let values): for row in 0..<rows { target[row] = Double(values[row]) }
      case .shorts(let values): for row in 0..<rows { target[row] = Double(values[row]) }
      case .integers(let values): for row in 0..<rows { target[row] = Double(values[row]) }
      case .doubles(let values): target.update(from: values, count: rows)
      case .scaled(let values, let unit): for row in 0..<rows { target[row] = unit.number(values[row]) }
      }
    }
  }

  /// Returns the numbers in the smallest unit of any block; nil if a number does not fit it.
  private func scaled(isTime: Bool) -> ScaledNumbers? {
    var smallest = isTime ? ScaledNumbers.Unit.day : .places(0)
    for part in parts {
      switch part.storage {
      case .doubles: return nil
      case .scaled(_, let unit):
        if unit.multiplier < smallest.multiplier || unit.divisor > smallest.divisor { smallest = unit }
      case .bytes, .shorts, .integers: break
      }
    }
    let unit = smallest
    var fits = true
    let counts: [Int32] = joined { _, storage, rows, target in
      guard fits else { return target.initialize(repeating: 0, count: rows) }
      switch storage {
      case .bytes(let values): fits = unit.count(values, rows, into: target) { Double($0) }
      case .shorts(let values): fits = unit.count(values, rows, into: target) { Double($0) }
      case .integers(let values): fits = unit.count(values, rows, into: target) { Double($0) }
      case .doubles(let values): fits = unit.count(values, rows, into: target)
      case .scaled(let values, let own):
        if own == unit {
          target.update(from: values, count: rows)
        } else {
          fits = unit.count(values, rows, into: target) { own.number($0) }
        }
      }
    }
    return fits ? ScaledNumbers(counts: counts, unit: unit) : nil
  }

  private func joined<Number: FixedWidthInteger>() -> [Number] {
    joined { _, storage, rows, target in
      switch storage {
      case .bytes(let values): for row in 0..<rows { target[row] = Number(truncatingIfNeeded: values[row]) }
      case .shorts(let values): for row in 0..<rows { target[row] = Number(truncatingIfNeeded: values[row]) }
      case .integers(let values): for row in 0..<rows { target[row] = Number(truncatingIfNeeded: values[row]) }
      case .doubles, .scaled: preconditionFailure("reals are wider than any integer")
      }
    }
  }

  /// Returns the numbers that `copy` writes for each part.
  func joined<Number>(
    copy: (_ part: Int, ColumnBuilder.Storage, _ rows: Int, UnsafeMutablePointer<Number>) -> Void
  ) -> [Number] {
    [Number](unsafeUninitializedCapacity: parts.reduce(0) { $0 + $1.rows }) { buffer, filled in
      guard let base = buffer.baseAddress else { return }
      LargePages.request(for: UnsafeMutableRawBufferPointer(buffer))
      for (number, part) in parts.enumerated() {
        copy(number, part.storage, part.rows, base + filled)
        filled += part.rows
      }
    }
  }
}

extension ScaledNumbers.Unit {
  /// Sets `counts` to the whole numbers of units that are exactly the first `rowCount` numbers; false without such.
  fileprivate func count<Value>(
    _ values: UnsafePointer<Value>, _ rowCount: Int, into counts: UnsafeMutablePointer<Int32>,
    _ number: (Value) -> Double
  ) -> Bool {
    var fits = true
    for row in 0..<rowCount {
      let count = count(number(values[row]))
      counts[row] = count ?? 0
      fits = fits && count != nil
    }
    return fits
  }
}
