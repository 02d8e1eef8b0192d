/// A day of the Gregorian calendar, also before its introduction.
struct CivilDate: Equatable {
  let year: Int
  let month: Int
  let day: Int

  init(year: Int, month: Int, day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// - `days`: The days since 1970-01-01.
  /// - Source: Hinnant 2013, civil_from_days.
  init(days: Int) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  private static let daysOfMonths: [Int8] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

  /// Returns the number of days in a month from 1 to 12.
  static func days(ofMonth month: Int, year: Int) -> Int {
    let isLeap = year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
    return Int(daysOfMonths[month - 1]) + (month == 2 && isLeap ? 1 : 0)
  }

  /// The days since 1970-01-01.
  ///
  /// - Source: Hinnant 2013, days_from_civil.
  var days: Int {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// The date as ISO 8601 text, with at least four digits of the year: `2026-11-24`.
  var text: String {
    (year < 0 ? "-" : "") + "\(Self.digits(abs(year), 4))-\(Self.digits(month, 2))-\(Self.digits(day, 2))"
  }

  /// Returns a time of day as `07:30:00`, with `.250` behind it if its milliseconds are not 0.
  ///
  /// - `milliseconds`: Since midnight.
  static func timeText(milliseconds: Int) -> String {
    let seconds = milliseconds / 1000
    let time = "\(digits(seconds / 3600, 2)):\(digits(seconds / 60 % 60, 2)):\(digits(seconds % 60, 2))"
    return milliseconds % 1000 == 0 ? time : "\(time).\(digits(milliseconds % 1000, 3))"
  }

  /// Returns a number that is not negative, with leading zeros.
  private static func digits(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.count)) + text
  }
}
