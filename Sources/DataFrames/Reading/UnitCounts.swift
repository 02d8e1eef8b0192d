/// The units of the numbers in a column.
struct UnitCounts {
  /// A column with more units holds other texts, such as numbers of houses.
  private static let mostUnits = 3

  /// The fields with a unit, and the first of them.
  private(set) var count = 0
  private(set) var first: String?
  /// The units in the order of their fields; one more than ``mostUnits`` at most.
  private(set) var units: [String] = []

  /// Counts `count` fields that hold `text`, if it is a number with a unit.
  mutating func add(_ text: @autoclosure () -> String, count more: Int) {
    guard units.count <= Self.mostUnits else { return }
    let text = text()
    guard let found = UnitNumber(text) else { return }
    count += more
    if first == nil { first = text }
    if !units.contains(found.unit) { units.append(found.unit) }
  }

  /// True if the column holds few units.
  var areFew: Bool { !units.isEmpty && units.count <= Self.mostUnits }
}
