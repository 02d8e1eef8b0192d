/// Writes the day numbers of spreadsheets as ISO 8601 text.
enum SerialDate {
  /// The day that counts as 0.
  enum Calendar: Sendable {
    /// Excel for Windows; it counts 29 February 1900, which did not exist.
    case from1900
    /// Early Excel for Macintosh.
    case from1904
  }

  private static let millisecondsPerDay = 86_400_000
  /// Day numbers of the years 1 to 9999, for both calendars.
  private static let days = -693_000.0...2_958_466.0
  private static let epochs = (from1900: 25_569, from1904: 24_107)
  /// The number of the day that did not exist; it is read as the day before.
  private static let noDay = 60

  /// Appends a date to `text`, followed by the time of day if `withTime` is true or the day number has a fraction.
  ///
  /// The time is rounded to milliseconds, which is finer than a day number resolves by eye and coarser
  /// than its rounding errors. Returns false, and appends nothing, for a number outside the years 1 to 9999.
  static func append(_ serial: Double, calendar: Calendar, withTime: Bool, to text: inout [UInt8]) -> Bool {
    guard days.contains(serial) else { return false }
    let milliseconds = Int((serial * Double(millisecondsPerDay)).rounded())
    let day = Int((Double(milliseconds) / Double(millisecondsPerDay)).rounded(.down))
    let time = milliseconds - day * millisecondsPerDay
    let epoch =
      switch calendar {
      case .from1900: day < noDay ? epochs.from1900 - 1 : epochs.from1900
      case .from1904: epochs.from1904
      }
    let date = CivilDate(days: day - epoch)
    guard (1...9999).contains(date.year) else { return false }
    append(date.year, digits: 4, to: &text)
    text.append(UInt8(ascii: "-"))
    append(date.month, digits: 2, to: &text)
    text.append(UInt8(ascii: "-"))
    append(date.day, digits: 2, to: &text)
    if withTime || time != 0 {
      text.append(UInt8(ascii: " "))
      appendTime(time, to: &text)
    }
    return true
  }

  /// Appends the time of day that a fraction of a day stands for.
  ///
  /// Returns false, and appends nothing, for numbers outside 0 to 1.
  static func appendTime(_ serial: Double, to text: inout [UInt8]) -> Bool {
    guard serial >= 0, serial < 1 else { return false }
    let milliseconds = Int((serial * Double(millisecondsPerDay)).rounded())
    guard milliseconds < millisecondsPerDay else { return false }
    appendTime(milliseconds, to: &text)
    return true
  }

  /// Returns the seconds that a number of days stands for, rounded to milliseconds.
  static func seconds(_ serial: Double) -> Double { (serial * Double(millisecondsPerDay)).rounded() / 1000 }

  private static func appendTime(_ milliseconds: Int, to text: inout [UInt8]) {
    let seconds = milliseconds / 1000
    append(seconds / 3600, digits: 2, to: &text)
    text.append(UInt8(ascii: ":"))
    append(seconds / 60 % 60, digits: 2, to: &text)
    text.append(UInt8(ascii: ":"))
    append(seconds % 60, digits: 2, to: &text)
    guard milliseconds % 1000 != 0 else { return }
    text.append(UInt8(ascii: "."))
    append(milliseconds % 1000, digits: 3, to: &text)
  }

  private static func append(_ number: Int, digits: Int, to text: inout [UInt8]) {
    var power = 1
    for _ in 1..<digits { power *= 10 }
    while power > 0 {
      text.append(UInt8(ascii: "0") + UInt8(number / power % 10))
      power /= 10
    }
  }
}
