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
    let (hour, minute, second) = (rest / 3_600_000, rest / 60_000 % 60, rest / 1000 % 60)
    let fraction = rest % 1000 == 0 ? "" : ".\(digits(rest % 1000, 3))"
    return "\(date(days: Int(days)))T\(digits(hour, 2)):\(digits(minute, 2)):\(digits(second, 2))\(fraction)Z"
  }

  /// Returns `2026-11-24` for midnight, else ``iso(_:)``.
  package static func brief(_ milliseconds: Double) -> String {
    let text = iso(milliseconds)
    return text.hasSuffix("T00:00:00Z") ? String(text.dropLast("T00:00:00Z".count)) : text
  }

  /// Returns the date of a day counted from 1970-01-01, in the Gregorian calendar (Hinnant 2013, civil_from_days).
  private static func date(days: Int) -> String {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return "\(year < 0 ? "-" : "")\(digits(abs(year), 4))-\(digits(month, 2))-\(digits(day, 2))"
  }

  /// Returns the number with leading zeros.
  private static func digits(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.count)) + text
  }
}
