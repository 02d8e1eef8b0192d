/// A date as in Japan, China and Korea, with or without a time of day: `2024年3月1日`, `2024年3月1日(金) 12時34分`,
/// `2024년 3월 1일 오후 3시`.
enum EastAsianTime {
  private static let years: [StaticString] = ["年", "년"]
  private static let months: [StaticString] = ["月", "월"]
  private static let days: [StaticString] = ["日", "일", "号", "號"]
  private static let hours: [StaticString] = ["時", "时", "시", "點", "点"]
  private static let minutes: [StaticString] = ["分", "분"]
  private static let seconds: [StaticString] = ["秒", "초"]
  private static let mornings: [StaticString] = ["午前", "上午", "오전"]
  private static let afternoons: [StaticString] = ["午後", "午后", "下午", "오후"]
  private static let weekdays: [StaticString] = [
    "月", "火", "水", "木", "金", "土", "日", "월", "화", "수", "목", "금", "토", "일",
  ]

  /// Returns milliseconds since 1970; nil for another notation.
  static func milliseconds(_ start: UnsafePointer<UInt8>, count: Int) -> Double? {
    // Four digits stand before the first character beyond ASCII.
    guard count > 4, start[0] &- 48 <= 9, start[4] >= 0x80 else { return nil }
    var scanner = TimeScanner(start, count: count, reading: .exact)
    guard let year = number(&scanner, 4...4, years), let month = number(&scanner, 1...2, months) else { return nil }
    var day = 1
    if !scanner.isAtEnd {
      guard let given = number(&scanner, 1...2, days) else { return nil }
      day = given
    }
    guard scanner.checked(year, month, day, .yearFirst) != nil else { return nil }
    let midnight = Double(CivilDate(year: year, month: month, day: day).days) * TimeParser.millisecondsPerDay
    skipWeekday(&scanner)
    _ = scanner.skipBlanks()
    if scanner.isAtEnd { return midnight }
    var copy = scanner
    if let time = TimeOfDay(scanner: &copy) { return midnight + time.milliseconds(.exact) }
    return clock(&scanner).map { midnight + Double($0 * 1000) }
  }

  /// Reads a number with one of `units` behind it, and the blanks before both.
  private static func number(_ scanner: inout TimeScanner, _ digits: ClosedRange<Int>, _ units: [StaticString]) -> Int?
  {
    _ = scanner.skipBlanks()
    guard let number = scanner.digits(digits) else { return nil }
    _ = scanner.skipBlanks()
    return units.contains { scanner.skips($0) } ? number : nil
  }

  /// Skips a weekday in parentheses.
  private static func skipWeekday(_ scanner: inout TimeScanner) {
    var ahead = scanner
    _ = ahead.skipBlanks()
    guard ahead.skip("(") || ahead.skipsScalar("（"), weekdays.contains(where: { ahead.skips($0) }),
      ahead.skip(")") || ahead.skipsScalar("）")
    else { return }
    scanner = ahead
  }

  /// Reads the rest as a time of day, in seconds.
  private static func clock(_ scanner: inout TimeScanner) -> Int? {
    let isMorning = mornings.contains { scanner.skips($0) }
    let isAfternoon = !isMorning && afternoons.contains { scanner.skips($0) }
    guard var hour = number(&scanner, 1...2, hours), hour < 24 else { return nil }
    if isMorning || isAfternoon {
      guard hour <= 12 else { return nil }
      hour = hour % 12 + (isAfternoon ? 12 : 0)
    }
    var rest = [0, 0]
    for (place, units) in [minutes, seconds].enumerated() where !scanner.isAtEnd {
      guard let value = number(&scanner, 1...2, units), value < 60 else { return nil }
      rest[place] = value
    }
    return scanner.isAtEnd ? (hour * 60 + rest[0]) * 60 + rest[1] : nil
  }
}
