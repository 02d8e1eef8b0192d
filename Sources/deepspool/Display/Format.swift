internal import JobFiles

/// Formatting of numbers and times for display.
enum Format {
  /// Returns a time in ISO 8601 in UTC, in whole seconds.
  static func time(_ secondsSince1970: Double) -> String {
    JobTime(secondsSince1970: secondsSince1970.rounded(.down)).text
  }
}
