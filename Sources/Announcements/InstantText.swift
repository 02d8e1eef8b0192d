internal import FoundationEssentials

/// Formats times.
package enum InstantText {
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
}
