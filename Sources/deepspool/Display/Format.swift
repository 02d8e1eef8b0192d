internal import Glibc
internal import JobFiles

/// Formatting of numbers and times for display.
enum Format {
  /// Returns a time in ISO 8601 in UTC, in whole seconds.
  static func time(_ secondsSince1970: Double) -> String {
    JobTime(secondsSince1970: secondsSince1970.rounded(.down)).text
  }

  /// Returns a local time for a column, such as `11-28 14:42`.
  static func shortTime(_ secondsSince1970: Double) -> String {
    var (time, parts) = (time_t(secondsSince1970.rounded(.down)), tm())
    localtime_r(&time, &parts)
    return "\(two(parts.tm_mon + 1))-\(two(parts.tm_mday)) \(clock(parts))"
  }

  /// Returns the local time of day, such as `14:42`.
  static func clock(_ secondsSince1970: Double) -> String {
    var (time, parts) = (time_t(secondsSince1970), tm())
    localtime_r(&time, &parts)
    return clock(parts)
  }

  private static func clock(_ parts: tm) -> String { "\(two(parts.tm_hour)):\(two(parts.tm_min))" }

  private static func two(_ number: Int32) -> String { (number < 10 ? "0" : "") + String(number) }
}
