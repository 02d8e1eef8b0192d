/// Numbers with few decimal places, or times in whole seconds or days, as whole numbers of a common unit.
///
/// Each number is exactly the double that was stored: a whole number divided by a power of ten rounds
/// as the decimal text does, and a product with a whole unit does not round at all.
package struct ScaledNumbers: Sendable, Equatable {
  /// The meaning of one.
  package struct Unit: Sendable, Hashable {
    static let day = Unit(multiplier: 86_400_000, divisor: 1)
    static let second = Unit(multiplier: 1000, divisor: 1)

    let multiplier: Double
    let divisor: Double

    /// The decimal places that whole numbers of this unit have.
    var places: Int { Self.powers.firstIndex(of: divisor) ?? 0 }

    static func places(_ places: Int) -> Unit { Unit(multiplier: 1, divisor: Self.powers[places]) }

    /// More places leave no room for digits before the point.
    static let maximumPlaces = 9
    private static let powers: [Double] = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9]

    @inline(__always)
    func number(_ count: Int32) -> Double { Double(count) * multiplier / divisor }

    /// Returns the whole number of units that is exactly `number`; nil without one.
    @inline(__always)
    func count(_ number: Double) -> Int32? {
      let scaled = number / multiplier * divisor
      guard scaled.magnitude <= 2_147_483_647 else { return nil }
      // Conversion drops the fraction, so that a half more rounds; the test tells whether the count is right.
      let count = Int32(scaled + (scaled < 0 ? -0.5 : 0.5))
      return self.number(count) == number ? count : nil
    }

    /// The sum of this number and a small one rounds to a whole number, which the lower bits then hold.
    private static let rounding = 0x1.8p52
    /// The numbers that are converted at once.
    private static let pieceRows = 64

    /// Sets `counts` to the whole numbers of units that are exactly the first `rowCount` of `numbers`; returns false, with
    /// undefined counts, without such numbers.
    func count(
      _ numbers: UnsafePointer<Double>, _ rowCount: Int, into counts: UnsafeMutablePointer<Int32>
    ) -> Bool {
      multiplier == 1
        ? Self.count(numbers, rowCount, into: counts) {
          $0 * divisor
        } number: {
          $0 / divisor
        }
        : Self.count(numbers, rowCount, into: counts) {
          $0 / multiplier
        } number: {
          $0 * multiplier
        }
    }

    @inline(__always)
    private static func count(
      _ numbers: UnsafePointer<Double>, _ rowCount: Int, into counts: UnsafeMutablePointer<Int32>,
      _ scale: (Double) -> Double, number: (Double) -> Double
    ) -> Bool {
      var row = 0
      while row < rowCount {
        // Without an exit within a piece, several numbers are converted at once.
        let end = min(rowCount, row + pieceRows)
        var misfits: UInt64 = 0
        while row < end {
          let scaled = scale(numbers[row])
          let rounded = scaled + rounding
          counts[row] = Int32(truncatingIfNeeded: rounded.bitPattern)
          misfits |= scaled.magnitude <= 2_147_483_647 ? 0 : 1
          misfits |= number(rounded - rounding) == numbers[row] ? 0 : 1
          row += 1
        }
        guard misfits == 0 else { return false }
      }
      return true
    }
  }

  private(set) var counts: [Int32]
  let unit: Unit

  package var count: Int { counts.count }

  package subscript(row: Int) -> Double { unit.number(counts[row]) }

  /// Returns the numbers of `rows`, in that order.
  func selecting(_ rows: [Int]) -> ScaledNumbers { ScaledNumbers(counts: rows.map { counts[$0] }, unit: unit) }
}
