internal import Glibc

/// Formats numbers, without decimals for whole numbers.
package enum NumberText {
  /// The magnitude up to which all whole numbers are exact.
  private static let exactWholeNumbers = 1e15

  /// Returns the shortest text that parses to the same number; whole numbers have no point.
  package static func shortest(_ value: Double) -> String {
    abs(value) < exactWholeNumbers && value == value.rounded() ? String(Int(value)) : String(value)
  }

  /// Rounds to a number of decimals; smaller numbers keep three significant digits, so that none becomes 0.
  package static func rounded(_ value: Double, decimals: Int = 4) -> Double {
    guard value != 0, abs(value) < exactWholeNumbers else { return value }
    var (scaled, places) = (value, 0)
    while places < decimals || abs(scaled) < leastRounded && places < mostPlaces {
      scaled *= 10
      places += 1
    }
    guard abs(scaled) < exactWholeNumbers else { return value }
    // The text is converted exactly; a large power of ten would be inexact itself.
    return Double("\(Int(scaled.rounded()))e-\(places)") ?? value
  }

  /// Returns a number with about four significant digits, for people; `-` for infinities and NaN.
  package static func brief(_ value: Double) -> String {
    guard value.isFinite else { return "-" }
    guard abs(value) < leastInPowers else { return inPowers(value) }
    return shortest(rounded(value, decimals: abs(value) >= 100 ? 1 : abs(value) >= 1 ? 3 : 5))
  }

  /// The magnitude from which on people read powers of ten more easily than digits.
  private static let leastInPowers = 1e9

  /// Returns a large number with four significant digits, such as `1.234e+12`.
  private static func inPowers(_ value: Double) -> String {
    var power = Int(log10(abs(value)).rounded(.down))
    var digits = rounded(value / pow(10, Double(power)), decimals: 3)
    if abs(digits) >= 10 { (digits, power) = (digits / 10, power + 1) }
    return "\(shortest(digits))e+\(power < 10 ? "0" : "")\(power)"
  }

  /// The least whole number that has three digits.
  private static let leastRounded = 100.0
  /// The decimals that the smallest numbers have.
  private static let mostPlaces = 326

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
