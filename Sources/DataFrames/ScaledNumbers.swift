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

    static func places(_ places: Int) -> Unit { Unit(multiplier: 1, divisor: Self.powers[places]) }

    /// More places leave no room for digits before the point.
    static let maximumPlaces = 9
    private static let powers: [Double] = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9]

    @inline(__always)
    func number(_ count: Int32) -> Double { Double(count) * multiplier / divisor }

    /// Returns the whole number of units that is exactly `number`; nil without one.
    @inline(__always)
    func count(_ number: Double) -> Int32? {
      let scaled = (number / multiplier * divisor).rounded()
      guard scaled.magnitude <= 2_147_483_647 else { return nil }
      let count = Int32(scaled)
      return self.number(count) == number ? count : nil
    }
  }

  private(set) var counts: [Int32]
  let unit: Unit

  package var count: Int { counts.count }

  package subscript(row: Int) -> Double { unit.number(counts[row]) }

  /// Returns the numbers of `rows`, in that order.
  func selecting(_ rows: [Int]) -> ScaledNumbers { ScaledNumbers(counts: rows.map { counts[$0] }, unit: unit) }
}
