/// Real numbers or times as whole numbers of a unit, in half of the space.
struct CompactNumbers {
  let room: Room
  let storage: ColumnBuilder.Storage

  /// Returns nil unless one unit fits all of the `rowCount` numbers.
  init?(_ numbers: UnsafePointer<Double>, rowCount: Int, isTime: Bool) {
    let room = Room(byteCount: rowCount * MemoryLayout<Int32>.stride)
    let counts = room.start.bindMemory(to: Int32.self, capacity: rowCount)
    let unit = ScaledNumbers.Unit.units(isTime: isTime).first { $0.count(numbers, rowCount, into: counts) }
    guard let unit else { return nil }
    self.room = room
    storage = .scaled(counts, unit)
  }

  /// Changes whole numbers of `unit` to those of the largest unit that fits all of them, which it returns.
  static func coarsest(
    _ counts: UnsafeMutablePointer<Int32>, rowCount: Int, unit: ScaledNumbers.Unit, isTime: Bool
  ) -> ScaledNumbers.Unit {
    for larger in ScaledNumbers.Unit.units(isTime: isTime) where unit.isSmaller(than: larger) {
      let factor = larger.factor(to: unit)
      guard (0..<rowCount).allSatisfy({ counts[$0].isMultiple(of: factor) }) else { continue }
      for row in 0..<rowCount { counts[row] /= factor }
      return larger
    }
    return unit
  }
}

extension ScaledNumbers.Unit {
  /// The units of numbers with decimal places, or of times, from large to small.
  static func units(isTime: Bool) -> [ScaledNumbers.Unit] { isTime ? timeUnits : numberUnits }

  private static let timeUnits = [day, second]
  private static let numberUnits = (0...maximumPlaces).map(places)

  func isSmaller(than other: ScaledNumbers.Unit) -> Bool {
    multiplier < other.multiplier || divisor > other.divisor
  }

  /// The number of smaller units in this one.
  func factor(to smaller: ScaledNumbers.Unit) -> Int32 {
    Int32(multiplier / smaller.multiplier * (smaller.divisor / divisor))
  }

  /// Returns the whole number of units that is exactly `number`; nil without one, and for the negative zero.
  @inline(__always)
  func count(ofPositiveZero number: Double) -> Int32? { number == 0 && number.sign == .minus ? nil : count(number) }

  /// Sets `counts` to the whole numbers of units, days or seconds, that are exactly `milliseconds`; returns false, with
  /// undefined counts, without such numbers.
  func count(_ milliseconds: UnsafeBufferPointer<Int64>, into counts: UnsafeMutablePointer<Int32>) -> Bool {
    // The compiler turns divisions by constants into multiplications.
    self == .day
      ? Self.count(milliseconds, into: counts) {
        $0 / 86_400_000
      } milliseconds: {
        $0 &* 86_400_000
      }
      : Self.count(milliseconds, into: counts) {
        $0 / 1000
      } milliseconds: {
        $0 &* 1000
      }
  }

  @inline(__always)
  private static func count(
    _ numbers: UnsafeBufferPointer<Int64>, into counts: UnsafeMutablePointer<Int32>, _ count: (Int64) -> Int64,
    milliseconds: (Int64) -> Int64
  ) -> Bool {
    for row in numbers.indices {
      let count = count(numbers[row])
      guard milliseconds(count) == numbers[row], let exact = Int32(exactly: count) else { return false }
      counts[row] = exact
    }
    return true
  }

  /// Changes `count` whole numbers of a larger unit to those of this unit; false, without a change, if one overflows.
  func convert(_ counts: UnsafeMutablePointer<Int32>, _ count: Int, from larger: ScaledNumbers.Unit) -> Bool {
    let factor = larger.factor(to: self)
    let largest = Int32.max / factor
    for row in 0..<count where counts[row] > largest || counts[row] < -largest { return false }
    for row in 0..<count { counts[row] *= factor }
    return true
  }
}
