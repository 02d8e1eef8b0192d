/// Reads dates and times, in UTC.
///
/// Dates are `2026-11-24`, `11/24/2026` (or `11-24-26`: month first) and `24-Nov-2026` (or `-26`).
/// A time of day may follow, as in `2026-11-24 07:30:00.250 PM`, or stand alone.
///
/// H2O's import differs: it requires seconds, allows a colon between date and time but no `T`,
/// reads fewer than three digits of a fraction as milliseconds (`.5` is 5 ms), and does not treat
/// 12 AM as midnight. Determined by comparison: all 233 forms agree
/// (`Tests/Support/tables/h2o_times.py`).
enum TimeParser {
  /// The longest accepted text; no form is longer.
  private static let longestText = 40
  private static let shortestText = 5

  /// Returns milliseconds since 1970, or nil for text that is not a date or time.
  static func milliseconds(_ text: String, reading: FieldReading = .exact) -> Double? {
    guard text.utf8.count >= shortestText, text.utf8.count <= longestText else { return nil }
    var scanner = TimeScanner(text, reading: reading)
    guard let date = scanner.date() else { return TimeOfDay(scanner: &scanner)?.milliseconds(reading) }
    let day = Double(days(date)) * 86_400_000
    guard !scanner.isAtEnd else { return day }
    guard scanner.skipsSeparator(after: date.form), let time = TimeOfDay(scanner: &scanner) else { return nil }
    return day + time.milliseconds(reading)
  }

  /// Returns days since 1970-01-01 in the Gregorian calendar (Hinnant 2013, days_from_civil).
  private static func days(_ date: TimeScanner.Day) -> Int {
    let (month, day) = (date.month, date.day)
    let year = month <= 2 ? date.year - 1 : date.year
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }
}

/// A time of day, after a date or alone.
private struct TimeOfDay {
  private var hour: Int
  private var minute: Int
  private var second = 0
  /// The digits of the fraction of a second, and their number.
  private var fraction: (value: Int, digits: Int)?
  /// True for PM, false for AM, nil without either.
  private var isAfternoon: Bool?

  /// Reads the whole rest of the text; nil if it is not a time of day.
  init?(scanner: inout TimeScanner) {
    let minimum = scanner.reading == .loose ? 1 : 2
    guard let hour = scanner.digits(1...2), hour < 24, scanner.skip(":"), let minute = scanner.digits(minimum...2),
      minute < 60
    else { return nil }
    (self.hour, self.minute) = (hour, minute)
    if scanner.skip(":") {
      guard let second = scanner.digits(minimum...2), second < 60 else { return nil }
      self.second = second
      if scanner.skip(".") || (scanner.reading == .loose && scanner.skip(":")) {
        let start = scanner.position
        guard let value = scanner.digits(1...9) else { return nil }
        fraction = (value, scanner.position - start)
      }
    } else if scanner.reading == .loose {
      return nil
    }
    isAfternoon = scanner.afternoon()
    if isAfternoon != nil, !(1...12).contains(hour) { return nil }
    guard scanner.isAtEnd else { return nil }
  }

  /// Returns milliseconds since midnight.
  func milliseconds(_ reading: FieldReading) -> Double {
    var hour = hour
    if let isAfternoon {
      // H2O adds 12 hours to 12 PM and leaves 12 AM at noon.
      if reading == .exact, hour == 12 { hour = 0 }
      hour = (hour + (isAfternoon ? 12 : 0)) % 24
    }
    let whole = Double(((hour * 60 + minute) * 60 + second) * 1000)
    guard let fraction else { return whole }
    var (value, digits) = fraction
    while digits > 3 { (value, digits) = (value / 10, digits - 1) }
    if reading == .exact { while digits < 3 { (value, digits) = (value * 10, digits + 1) } }
    return whole + Double(value)
  }
}
