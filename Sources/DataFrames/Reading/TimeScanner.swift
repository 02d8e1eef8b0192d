/// Splits bytes into the parts of a date and a time.
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
    var doubts = DateDoubts()
  }

  /// Two-digit years stand for 1969 to 2068.
  private static let firstYearOfCentury = 69

  let reading: FieldReading
  let order: TimeForm.Order
  private let start: UnsafePointer<UInt8>
  private let count: Int
  private(set) var position = 0

  /// Scans the `count` bytes at `start`, which outlive the scanner.
  init(_ start: UnsafePointer<UInt8>, count: Int, reading: FieldReading, order: TimeForm.Order = .monthFirst) {
    self.start = start
    self.count = count
    self.reading = reading
    self.order = order
  }

  var isAtEnd: Bool { position == count }

  /// The byte at the position; 0 at the end.
  var next: UInt8 { position < count ? start[position] : 0 }

  mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard position < count, UInt32(start[position]) == character.value else { return false }
    position += 1
    return true
  }

  /// Skips any byte.
  mutating func skipByte() { if position < count { position += 1 } }

  /// Skips blanks; returns false without one.
  mutating func skipBlanks() -> Bool {
    guard skip(" ") else { return false }
    while skip(" ") {}
    return true
  }

  /// Skips `scalar` in UTF-8.
  mutating func skipsScalar(_ scalar: Unicode.Scalar) -> Bool {
    let before = position
    for unit in UTF8.encode(scalar) ?? UTF8.EncodedScalar() {
      guard position < count, start[position] == unit else {
        position = before
        return false
      }
      position += 1
    }
    return true
  }

  /// Reads a number with `digits` digits.
  @inline(__always)
  mutating func digits(_ digits: ClosedRange<Int>) -> Int? {
    var (value, found) = (0, 0)
    while position < count, found < digits.upperBound {
      let digit = start[position] &- 48
      guard digit < 10 else { break }
      value = value * 10 + Int(digit)
      position += 1
      found += 1
    }
    return found >= digits.lowerBound ? value : nil
  }

  /// Reads a valid date; without one, the position returns to the start.
  mutating func date() -> Day? {
    position = 0
    if let found = reading == .exact ? exactDate() : yearFirst() ?? monthFirst() ?? dayFirst() { return found }
    position = 0
    return nil
  }

  /// Skips the separator between a date and a time.
  mutating func skipsSeparator(after form: Form) -> Bool {
    if reading == .loose { return skip(" ") || (form == .monthOrDayFirst && skip(":")) }
    _ = skip(",")
    if skipBlanks() { return true }
    return skip("T") || skip("t") || (form == .monthOrDayFirst && skip(":"))
  }

  /// Reads AM or PM, after an optional blank; true for PM.
  mutating func afternoon() -> Bool? {
    let before = position
    _ = skip(" ")
    if reading == .exact, skips("a.m.") || skips("p.m.") {
      return start[position - 4] | 0x20 == UInt8(ascii: "p")
    }
    if position + 2 <= count {
      let (first, second) = (start[position], start[position + 1])
      let mask: UInt8 = reading == .exact ? 0xDF : 0xFF
      if second & mask == UInt8(ascii: "M"), first & mask == UInt8(ascii: "A") || first & mask == UInt8(ascii: "P") {
        position += 2
        return first & mask == UInt8(ascii: "P")
      }
    }
    position = before
    return nil
  }

  // MARK: Dates as H2O reads them

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
    let separator: Unicode.Scalar = skip("/") ? "/" : "-"
    guard separator == "/" || skip("-"), let day = digits(1...2), skip(separator), let year = year() else { return nil }
    return checked(year, month, day, .monthOrDayFirst)
  }

  private mutating func dayFirst() -> Day? {
    position = 0
    guard let day = digits(1...2), skip("-"), let month = MonthNames.take(&self), skip("-"), let year = year() else {
      return nil
    }
    return checked(year, month, day, .monthOrDayFirst)
  }

  // MARK: Dates as people write them

  private mutating func exactDate() -> Day? {
    let first = next
    if first &- 48 > 9 {
      MonthNames.skipWeekday(&self)
      return next &- 48 <= 9 ? numbersFirst() : monthNameFirst()
    }
    return numbersFirst()
  }

  /// Reads `Jan 2, 2024`, `January 2 2024`, `Jan-02-2024` or `Jan 2024`.
  private mutating func monthNameFirst() -> Day? {
    guard let month = MonthNames.take(&self) else { return nil }
    _ = skip(".")
    guard skipBlanks() || skip("-") || skip("/") else { return nil }
    let hasHyphen = position > 0 && start[position - 1] == UInt8(ascii: "-")
    let begin = position
    guard let day = digits(1...4) else { return nil }
    if day > 99 { return checked(day, month, 1, .monthOrDayFirst) }
    // Spreadsheets write months as `Okt-24`.
    if hasHyphen, isAtEnd, position - begin == 2 {
      return checked(Self.year(ofTwoDigits: day), month, 1, .monthOrDayFirst)
    }
    skipOrdinal()
    _ = skip(",")
    guard skip(" ") || skip("-") || skip("/"), let year = digits(4...4) else { return nil }
    return checked(year, month, day, .monthOrDayFirst)
  }

  private mutating func skipOrdinal() {
    for suffix: StaticString in ["st", "nd", "rd", "th", "er"] where skips(suffix) { return }
  }

  /// Skips `word` if it follows, in any case of its letters.
  mutating func skips(_ word: StaticString) -> Bool {
    let length = word.utf8CodeUnitCount
    guard position + length <= count else { return false }
    for index in 0..<length {
      let byte = start[position + index]
      guard (byte >= 65 && byte <= 90 ? byte | 0x20 : byte) == word.utf8Start[index] else { return false }
    }
    position += length
    return true
  }

  private mutating func numbersFirst() -> Day? {
    let begin = position
    guard let first = digits(1...8) else { return nil }
    switch position - begin {
    case 4: return afterYear(first)
    case 8:
      return next | 0x20 == UInt8(ascii: "t") || next == UInt8(ascii: " ")
        ? checked(first / 10_000, first / 100 % 100, first % 100, .yearFirst) : nil
    case 1, 2: return afterDayOrMonth(first, digits: position - begin)
    default: return nil
    }
  }

  private mutating func afterYear(_ year: Int) -> Day? {
    let separator = Unicode.Scalar(next)
    guard skip("-") || skip("/") || skip(".") || skip(" ") else { return nil }
    if next &- 48 > 9, separator == "-" || separator == " " {
      guard let month = MonthNames.take(&self), skip(separator), let day = digits(1...2) else { return nil }
      return checked(year, month, day, .yearFirst)
    }
    let begin = position
    guard separator != " ", let month = digits(1...2) else { return nil }
    // `2024-01` is a month; `2024.01` and `2024/01` are rather numbers and fractions.
    if isAtEnd, separator == "-", position - begin == 2 { return checked(year, month, 1, .yearFirst) }
    guard skip(separator), let day = digits(1...2) else { return nil }
    return checked(year, month, day, .yearFirst)
  }

  private mutating func afterDayOrMonth(_ first: Int, digits firstDigits: Int) -> Day? {
    let separator = Unicode.Scalar(next)
    guard skip("/") || skip("-") || skip(".") || skip(" ") else {
      skipOrdinal()
      guard position > firstDigits, skip(" ") else { return nil }
      return afterDay(first, separator: " ")
    }
    if separator == "." { _ = skip(" ") }
    if next &- 48 > 9 { return afterDay(first, separator: separator == "." ? " " : separator) }
    let begin = position
    guard separator != " " else { return nil }
    if separator != ".", let month = monthAndYear(first) { return month }
    guard let second = digits(1...2) else { return nil }
    let isShort = firstDigits + (position - begin) < 4
    guard skip(separator) else { return nil }
    if separator == "." { _ = skip(" ") }
    let yearBegin = position
    guard let year = year() else { return nil }
    if separator == "." {
      guard var date = checked(year, second, first, .monthOrDayFirst) else { return nil }
      date.doubts.mayBeVersion = position - yearBegin == 2 && isShort && isAtEnd
      return date
    }
    let (month, day) = order == .monthFirst ? (first, second) : (second, first)
    guard var date = checked(year, month, day, .monthOrDayFirst) else { return nil }
    date.doubts.hasOrder = true
    if position - yearBegin == 2, firstDigits == 2,
      checked(Self.year(ofTwoDigits: first), second, year % 100, .yearFirst) != nil
    {
      date.doubts.shortYears = (first, year % 100)
    }
    date.doubts.couldSwap = checked(year, day, month, .monthOrDayFirst) != nil
    return date
  }

  /// Reads the year of `01/2024`; without one, the position stays.
  private mutating func monthAndYear(_ month: Int) -> Day? {
    let begin = position
    if let year = digits(4...4), isAtEnd, (1800...2200).contains(year) {
      return checked(year, month, 1, .monthOrDayFirst)
    }
    position = begin
    return nil
  }

  /// Reads the name of a month and a year.
  private mutating func afterDay(_ day: Int, separator: Unicode.Scalar) -> Day? {
    // Spanish: 2 de enero de 2024.
    if separator == " " { _ = skips("de ") }
    guard let month = MonthNames.take(&self) else { return nil }
    if separator == " " { _ = skip(".") || skip(",") }
    guard skip(separator) else { return nil }
    if separator == " " { _ = skips("de ") }
    guard let year = year() else { return nil }
    return checked(year, month, day, .monthOrDayFirst)
  }

  /// Reads a year of two or four digits.
  mutating func year() -> Int? {
    let begin = position
    guard let year = digits(2...4) else { return nil }
    switch position - begin {
    case 2: return Self.year(ofTwoDigits: year)
    case 4: return year
    default: return nil
    }
  }

  static func year(ofTwoDigits year: Int) -> Int { year < firstYearOfCentury ? 2000 + year : 1900 + year }

  func checked(_ year: Int, _ month: Int, _ day: Int, _ form: Form) -> Day? {
    guard (1...12).contains(month), day >= 1 else { return nil }
    guard day <= CivilDate.days(ofMonth: month, year: year) else { return nil }
    return Day(year: year, month: month, day: day, form: form)
  }
}
