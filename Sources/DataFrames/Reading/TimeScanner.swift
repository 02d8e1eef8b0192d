/// Splits a text into the parts of a date and a time.
struct TimeScanner {
  /// The notation of a date, which determines the separator that may follow it.
  enum Form {
    case yearFirst
    case monthOrDayFirst
  }

  struct Day {
    let year: Int
    let month: Int
    let day: Int
    let form: Form
  }

  private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
  private static let daysOfMonths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  /// Two-digit years stand for 1969 to 2068.
  private static let firstYearOfCentury = 69

  let reading: FieldReading
  private let bytes: [UInt8]
  private(set) var position = 0

  init(_ text: String, reading: FieldReading) {
    bytes = Array(text.utf8)
    self.reading = reading
  }

  var isAtEnd: Bool { position == bytes.count }

  mutating func skip(_ character: Character) -> Bool {
    guard position < bytes.count, bytes[position] == character.asciiValue else { return false }
    position += 1
    return true
  }

  /// Reads a number with `count` digits.
  mutating func digits(_ count: ClosedRange<Int>) -> Int? {
    var (value, found) = (0, 0)
    while position < bytes.count, found < count.upperBound, bytes[position] >= 48, bytes[position] <= 57 {
      value = value * 10 + Int(bytes[position]) - 48
      position += 1
      found += 1
    }
    return found >= count.lowerBound ? value : nil
  }

  /// Reads a valid date; without one, the position returns to the start.
  mutating func date() -> Day? {
    if let found = yearFirst() ?? monthFirst() ?? dayFirst() { return found }
    position = 0
    return nil
  }

  /// Skips the separator between a date and a time.
  mutating func skipsSeparator(after form: Form) -> Bool {
    if skip(" ") { return true }
    return reading == .exact ? skip("T") : form == .monthOrDayFirst && skip(":")
  }

  /// Reads AM or PM, after an optional blank; true for PM.
  mutating func afternoon() -> Bool? {
    let start = position
    _ = skip(" ")
    let given = String(decoding: bytes[position...].prefix(2), as: UTF8.self)
    let word = reading == .exact ? given.uppercased() : given
    guard word == "AM" || word == "PM" else {
      position = start
      return nil
    }
    position += 2
    return word == "PM"
  }

  private mutating func yearFirst() -> Day? {
    position = 0
    guard let year = digits(4...4), skip("-"), let month = digits(1...2), skip("-"), let day = digits(1...2) else {
      return nil
    }
    return checked(year, month, day, .yearFirst)
  }

  private mutating func monthFirst() -> Day? {
    position = 0
    guard let month = digits(1...2) else { return nil }
    let separator: Character = skip("/") ? "/" : "-"
    guard separator == "/" || skip("-"), let day = digits(1...2), skip(separator), let year = year() else { return nil }
    return checked(year, month, day, .monthOrDayFirst)
  }

  private mutating func dayFirst() -> Day? {
    position = 0
    guard let day = digits(1...2), skip("-"), let month = monthName(), skip("-"), let year = year() else { return nil }
    return checked(year, month, day, .monthOrDayFirst)
  }

  /// Reads a year of two or four digits.
  private mutating func year() -> Int? {
    let start = position
    guard let year = digits(2...4) else { return nil }
    switch position - start {
    case 2: return year < Self.firstYearOfCentury ? 2000 + year : 1900 + year
    case 4: return year
    default: return nil
    }
  }

  private mutating func monthName() -> Int? {
    guard position + 3 <= bytes.count else { return nil }
    let name = String(decoding: bytes[position..<position + 3], as: UTF8.self).lowercased()
    guard let index = Self.months.firstIndex(of: name) else { return nil }
    position += 3
    return index + 1
  }

  private func checked(_ year: Int, _ month: Int, _ day: Int, _ form: Form) -> Day? {
    guard (1...12).contains(month), day >= 1 else { return nil }
    let isLeap = year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
    guard day <= Self.daysOfMonths[month - 1] + (month == 2 && isLeap ? 1 : 0) else { return nil }
    return Day(year: year, month: month, day: day, form: form)
  }
}
