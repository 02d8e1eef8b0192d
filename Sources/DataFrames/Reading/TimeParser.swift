/// Reads dates and times, in UTC.
///
/// Dates are `2026-11-24`, `2026/11/24`, `2026-11`, `11/24/2026`, `11-24-26` (month first unless the
/// column has days first), `24.11.2026`, `24-Nov-2026`, `24 Nov 2026` and `Nov 24, 2026`. A time of
/// day may follow, as in `2026-11-24T07:30:00.250+02:00` or `2026-11-24 07:30 PM`, or stand alone.
/// ``TimeBeforeYear`` and ``EastAsianTime`` have notations of their own.
///
/// H2O's import knows fewer notations. It requires seconds, allows a colon between date and time but
/// no `T`, reads fewer than three digits of a fraction as milliseconds (`.5` is 5 ms), and does not
/// treat 12 AM as midnight. Determined by comparison: all 233 forms agree
/// (`Tests/Support/tables/h2o_times.py`).
enum TimeParser {
  /// The longest accepted text; no form is longer.
  private static let longestText = 64
  private static let shortestText = 5
  static let millisecondsPerDay = 86_400_000.0

  /// A point in time, and what its notation leaves open.
  struct Time {
    /// Milliseconds since 1970.
    let milliseconds: Double
    var doubts = DateDoubts()
  }

  /// Returns milliseconds since 1970, or nil for text that is not a date or time.
  static func milliseconds(_ text: String, reading: FieldReading = .exact) -> Double? {
    var copy = text
    return copy.withUTF8 { bytes in
      bytes.baseAddress.flatMap { parse($0, count: bytes.count, form: .monthFirst, reading: reading)?.milliseconds }
    }
  }

  /// Returns the time that the `count` bytes at `start` spell, or nil.
  static func parse(
    _ start: UnsafePointer<UInt8>, count: Int, form: TimeForm, reading: FieldReading = .exact
  ) -> Time? {
    guard count >= shortestText || form.format != nil, count <= longestText else { return nil }
    var scanner = TimeScanner(start, count: count, reading: reading, order: form.order)
    if let format = form.format { return format.milliseconds(&scanner).map { Time(milliseconds: $0) } }
    guard let date = scanner.date() else {
      return otherNotation(start, count: count, reading)
        ?? TimeOfDay(scanner: &scanner).map { Time(milliseconds: $0.milliseconds(reading)) }
    }
    var milliseconds = Double(CivilDate(year: date.year, month: date.month, day: date.day).days) * millisecondsPerDay
    if !scanner.isAtEnd {
      // The hour of `2 Jan 03:04:05 2024` looks like a year of two digits.
      guard scanner.skipsSeparator(after: date.form), let time = TimeOfDay(scanner: &scanner) else {
        return otherNotation(start, count: count, reading)
      }
      milliseconds += time.milliseconds(reading)
    }
    return Time(milliseconds: milliseconds, doubts: date.doubts)
  }

  /// Returns the time in a notation that does not begin with a whole date; H2O knows none of them.
  private static func otherNotation(
    _ start: UnsafePointer<UInt8>, count: Int, _ reading: FieldReading
  ) -> Time? {
    guard reading == .exact else { return nil }
    return (EastAsianTime.milliseconds(start, count: count) ?? TimeBeforeYear.milliseconds(start, count: count))
      .map { Time(milliseconds: $0) }
  }
}
