internal import FoundationEssentials

/// Formats times and durations.
package enum TimeText {
  /// Returns a time such as `2026-11-27T10:05:00Z`.
  ///
  /// `seconds`: Seconds since 1970.
  static func iso8601(_ seconds: Double) -> String {
    Date(timeIntervalSince1970: seconds.rounded(.down)).formatted(.iso8601)
  }

  /// Returns a time such as `2026-11-27 10:05 UTC`.
  ///
  /// `seconds`: Seconds since 1970.
  static func readable(_ seconds: Double) -> String {
    let text = iso8601(seconds)
    return text.prefix(10) + " " + text.dropFirst(11).prefix(5) + " UTC"
  }

  /// Returns a duration such as `42 s`, `7 min 5 s` or `3 h 20 min`.
  package static func duration(_ seconds: Double) -> String {
    let (minute, hour, day) = (60, 3600, 86_400)
    // Also keeps damaged times in range.
    let whole = Int(min(max(0, seconds.rounded()), 1e9))
    switch whole {
    case ..<minute: return "\(whole) s"
    case ..<hour: return "\(whole / minute) min \(whole % minute) s"
    case ..<day: return "\(whole / hour) h \(whole % hour / minute) min"
    default: return "\(whole / day) d \(whole % day / hour) h"
    }
  }
}
