internal import JobFiles
internal import Wording

/// Formatting of numbers and times for display.
enum Format {
  /// Returns the number with about four significant digits.
  static func number(_ value: Double) -> String {
    guard value.isFinite else { return "-" }
    let scale = abs(value) >= 100 ? 10.0 : abs(value) >= 1 ? 1000.0 : 100_000.0
    return ((value * scale).rounded() / scale).text
  }

  /// Returns a time in ISO 8601 in UTC, in whole seconds.
  static func time(_ secondsSince1970: Double) -> String {
    JobTime(secondsSince1970: secondsSince1970.rounded(.down)).text
  }
}
