/// Formats numbers, without decimals for whole numbers.
package enum NumberText {
  /// The magnitude up to which all whole numbers are exact.
  private static let exactWholeNumbers = 1e15

  /// Returns the shortest text that parses to the same number; whole numbers have no point.
  package static func shortest(_ value: Double) -> String {
    abs(value) < exactWholeNumbers && value == value.rounded() ? String(Int(value)) : String(value)
  }

  /// Returns a whole number with commas between groups of three digits: `1,200`.
  package static func grouped(_ value: Int) -> String {
    let digits = Array(String(value.magnitude))
    let grouped: [Character] = digits.enumerated().flatMap { index, digit in
      index > 0 && (digits.count - index).isMultiple(of: 3) ? [",", digit] : [digit]
    }
    return (value < 0 ? "-" : "") + String(grouped)
  }

  /// Returns a count with its noun, such as `1 level` or `3 levels`.
  ///
  /// - `noun`: The singular.
  /// - `plural`: The plural, unless it is the singular with an s.
  package static func count(_ count: Int, _ noun: String, plural: String? = nil) -> String {
    "\(count) " + (count == 1 ? noun : plural ?? "\(noun)s")
  }
}
