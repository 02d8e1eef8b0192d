/// A moment whose year stands behind the time of day, as `ctime`, `date` and `git log` write it:
/// `Fri Mar  1 12:00:00 2024`, `Fri  1 Mar 12:00:00 CET 2024`, `Fri Mar 1 12:00:00 2024 +0100`.
enum TimeBeforeYear {
  /// The shortest text, `Mar 1 1:02 2024`.
  private static let shortestText = 15

  /// Returns milliseconds since 1970; nil for another notation.
  static func milliseconds(_ start: UnsafePointer<UInt8>, count: Int) -> Double? {
    let text = UnsafeBufferPointer(start: start, count: count)
    guard count >= shortestText, text.contains(UInt8(ascii: ":")) else { return nil }
    var scanner = TimeScanner(start, count: count, reading: .exact)
    MonthNames.skipWeekday(&scanner)
    guard let (month, day) = date(&scanner), let seconds = clock(&scanner) else { return nil }
    var zone = 0
    if scanner.next &- 48 > 9 {
      guard let minutes = TimeOfDay.zone(&scanner), scanner.skipBlanks() else { return nil }
      zone = minutes
    }
    guard let year = scanner.digits(4...4), scanner.checked(year, month, day, .yearFirst) != nil else { return nil }
    if !scanner.isAtEnd {
      guard zone == 0, scanner.skipBlanks(), let minutes = TimeOfDay.zone(&scanner), scanner.isAtEnd else { return nil }
      zone = minutes
    }
    let days = CivilDate(year: year, month: month, day: day).days
    return Double(days) * TimeParser.millisecondsPerDay + Double((seconds - zone * 60) * 1000)
  }

  /// Reads the name of a month and a day, in either order, and the blanks behind them.
  private static func date(_ scanner: inout TimeScanner) -> (month: Int, day: Int)? {
    if scanner.next &- 48 <= 9 {
      guard let day = scanner.digits(1...2) else { return nil }
      _ = scanner.skip(".")
      guard scanner.skipBlanks(), let month = MonthNames.take(&scanner) else { return nil }
      _ = scanner.skip(".")
      return scanner.skipBlanks() ? (month, day) : nil
    }
    guard let month = MonthNames.take(&scanner) else { return nil }
    _ = scanner.skip(".")
    guard scanner.skipBlanks(), let day = scanner.digits(1...2), scanner.skipBlanks() else { return nil }
    return (month, day)
  }

  /// Reads a time of day and the blanks behind it, in seconds.
  private static func clock(_ scanner: inout TimeScanner) -> Int? {
    guard var hour = scanner.digits(1...2), hour < 24, scanner.skip(":"), let minute = scanner.digits(2...2),
      minute < 60
    else { return nil }
    var second = 0
    if scanner.skip(":") {
      guard let given = scanner.digits(2...2), given <= 60 else { return nil }
      second = given
    }
    if let isAfternoon = scanner.afternoon() {
      guard (1...12).contains(hour) else { return nil }
      hour = hour % 12 + (isAfternoon ? 12 : 0)
    }
    return scanner.skipBlanks() ? (hour * 60 + minute) * 60 + second : nil
  }
}
