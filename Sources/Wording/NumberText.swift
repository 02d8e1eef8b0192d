/// Formats numbers, without decimals for whole numbers.
package enum NumberText {
  /// The magnitude up to which all whole numbers are exact.
  private static let exactWholeNumbers = 1e15

  /// Returns the shortest text that parses to the same number; whole numbers have no point.
  package static func shortest(_ value: Double) -> String {
    abs(value) < exactWholeNumbers && value == value.rounded() ? String(Int(value)) : String(value)
  }
}
