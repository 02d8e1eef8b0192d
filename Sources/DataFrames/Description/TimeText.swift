/// Prints times as ISO 8601 in UTC.
package enum TimeText {
  private static let dayMilliseconds = 86_400_000.0
  /// Times beyond these milliseconds have no text; the years exceed all calendars.
  private static let limit = 1e17

  /// Returns `2026-11-24T07:30:00Z`; milliseconds follow unless they are 0, and the time is rounded to them.
  ///
  /// - `milliseconds`: Since 1970.
  package static func iso(_ milliseconds: Double) -> String {
    guard abs(milliseconds) < limit else { return "\(milliseconds) ms" }
    let whole = milliseconds.rounded()
    let days = (whole / dayMilliseconds).rounded(.down)
    let rest = Int(whole - days * dayMilliseconds)
    return "\(CivilDate(days: Int(days)).text)T\(CivilDate.timeText(milliseconds: rest))Z"
  }

  /// Returns `2026-11-24` for midnight, else ``iso(_:)``.
  package static func brief(_ milliseconds: Double) -> String {
    let text = iso(milliseconds)
    return text.hasSuffix("T00:00:00Z") ? String(text.dropLast("T00:00:00Z".count)) : text
  }
}
