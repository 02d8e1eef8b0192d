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

  /// The share that rounding in binary may take from a whole percentage: 0.58 is a little less than 58 %.
  private static let percentageError = 1e-9

  /// Returns a share as a whole percentage, rounded down, so that only the whole is 100.
  ///
  /// `fraction`: From 0 to 1.
  package static func percent(_ fraction: Double) -> Int { Int((100 * fraction + percentageError).rounded(.down)) }

  /// Returns a count with its noun, such as `1 level` or `3 levels`.
  ///
  /// - `noun`: The singular.
  /// - `plural`: The plural, unless it is the singular with an s.
  package static func count(_ count: Int, _ noun: String, plural: String? = nil) -> String {
    "\(count) " + (count == 1 ? noun : plural ?? "\(noun)s")
  }
}
