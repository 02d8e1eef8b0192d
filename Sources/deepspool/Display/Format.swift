internal import JobFiles
internal import Wording

/// Formatting of numbers and times for display.
enum Format {
  /// Returns the number with about four significant digits.
  static func number(_ value: Double) -> String {
    guard value.isFinite else { return "-" }
    return NumberText.rounded(value, decimals: abs(value) >= 100 ? 1 : abs(value) >= 1 ? 3 : 5).text
  }

  /// Returns a time in ISO 8601 in UTC, in whole seconds.
  static func time(_ secondsSince1970: Double) -> String {
    JobTime(secondsSince1970: secondsSince1970.rounded(.down)).text
  }
}
