/// Reads dates and times as H2O does, in UTC.
enum TimeParser {
  private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
  private static let daysOfMonths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  /// No form is longer; what is longer is not looked at.
  private static let longestText = 35

  /// Milliseconds since 1970, nil for text that is no date.
  static func milliseconds(_ text: String) -> Double? {
    guard text.utf8.count >= 8, text.utf8.count <= longestText else { return nil }
    var scanner = Scanner(Array(text.utf8))
    guard let date = scanner.date() else { return nil }
    let day = days(year: date.year, month: date.month, day: date.day) * 86_400_000
    guard !scanner.isAtEnd else { return Double(day) }
    guard scanner.skip(" ") || scanner.skip("T"), let time = scanner.time(), scanner.isAtEnd else { return nil }
    return Double(day) + time
  }

  /// Days since 1970-01-01 in the Gregorian calendar (Hinnant 2013, days_from_civil).
  private static func days(year: Int, month: Int, day: Int) -> Int {
    let year = month <= 2 ? year - 1 : year
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  private struct Scanner {
    let bytes: [UInt8]
    var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { position == bytes.count }

    mutating func skip(_ character: Character) -> Bool {
      guard position < bytes.count, bytes[position] == character.asciiValue else { return false }
      position += 1
      return true
    }

    /// A number of `count` digits.
    mutating func digits(_ count: ClosedRange<Int>) -> Int? {
      var (value, found) = (0, 0)
      while position < bytes.count, found < count.upperBound, bytes[position] >= 48, bytes[position] <= 57 {
        value = value * 10 + Int(bytes[position]) - 48
        position += 1
        found += 1
      }
      return found >= count.lowerBound ? value : nil
    }

    /// yyyy-MM-dd or dd-MMM-yy (or yyyy).
    mutating func date() -> (year: Int, month: Int, day: Int)? {
      let start = position
      if let year = digits(4...4), skip("-"), let month = digits(1...2), skip("-"), let day = digits(1...2) {
        return checked(year, month, day)
      }
      position = start
      guard let day = digits(1...2), skip("-"), let month = monthName(), skip("-") else { return nil }
      let yearStart = position
      guard let year = digits(2...4), position - yearStart != 3 else { return nil }
      // Two digits belong to the years 1970 to 2069.
      return checked(position - yearStart == 4 ? year : year < 70 ? 2000 + year : 1900 + year, month, day)
    }

    private func checked(_ year: Int, _ month: Int, _ day: Int) -> (year: Int, month: Int, day: Int)? {
      guard (1...12).contains(month), day >= 1, day <= daysOfMonths[month - 1] else { return nil }
      return (year, month, day)
    }

    private mutating func monthName() -> Int? {
      guard position + 3 <= bytes.count else { return nil }
      let name = String(decoding: bytes[position..<position + 3], as: UTF8.self).lowercased()
      guard let index = months.firstIndex(of: name) else { return nil }
      position += 3
      return index + 1
    }

    /// HH:mm[:ss[.fraction]], in milliseconds.
    mutating func time() -> Double? {
      guard let hour = digits(1...2), hour < 24, skip(":"), let minute = digits(2...2), minute < 60 else { return nil }
      var milliseconds = Double((hour * 60 + minute) * 60_000)
      guard skip(":") else { return milliseconds }
      guard let second = digits(2...2), second < 60 else { return nil }
      milliseconds += Double(second * 1000)
      guard skip(".") else { return milliseconds }
      let start = position
      guard let fraction = digits(1...9) else { return nil }
      var scale = 1
      for _ in start..<position { scale *= 10 }
      return milliseconds + Double(fraction * 1000 / scale)
    }
  }
}
