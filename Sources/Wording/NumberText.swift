/// Prints numbers as people write them: no decimals where there are none.
package enum NumberText {
  /// Beyond this magnitude not every whole number can be told from its neighbours.
  private static let exactWholeNumbers = 1e15

  /// The shortest text that reads back as the same number; whole numbers without a point.
  package static func shortest(_ value: Double) -> String {
    abs(value) < exactWholeNumbers && value == value.rounded() ? String(Int(value)) : String(value)
  }
}
