/// A time of day, after a date or alone, with the offset of its zone.
struct TimeOfDay {
  private var hour: Int
  private var minute: Int
  private var second = 0
  /// The digits of the fraction of a second, and their number.
  private var fraction: (value: Int, digits: Int)?
  /// True for PM, false for AM, nil without either.
  private var isAfternoon: Bool?
  /// The minutes by which the local time is ahead of UTC.
  private var zoneMinutes = 0

  /// Reads the whole rest of the text; nil if it is not a time of day.
  init?(scanner: inout TimeScanner) {
    let isExact = scanner.reading == .exact
    let minimum = isExact ? 2 : 1
    guard let hour = scanner.digits(1...2), hour < (isExact ? 25 : 24) else { return nil }
    let hasColon = scanner.skip(":")
    // Without colons only the basic notation of ISO 8601 remains, behind a date.
    guard hasColon || (isExact && scanner.position >= 11), let minute = scanner.digits(minimum...2), minute < 60 else {
      return nil
    }
    (self.hour, self.minute) = (hour, minute)
    if hasColon ? scanner.skip(":") : scanner.next &- 48 <= 9 {
      guard let second = scanner.digits(minimum...2), second < 60 || (isExact && second == 60) else { return nil }
      self.second = second
      if scanner.skip(".") || (isExact ? scanner.skip(",") : scanner.skip(":")) {
        let start = scanner.position
        guard let value = scanner.digits(1...9) else { return nil }
        fraction = (value, scanner.position - start)
      }
    } else if !isExact {
      return nil
    }
    // The end of a day: 24:00.
    if hour == 24, minute > 0 || second > 0 || fraction.map({ $0.value > 0 }) ?? false { return nil }
    isAfternoon = scanner.afternoon()
    if isAfternoon != nil, !(1...12).contains(hour) { return nil }
    if isExact { _ = scanner.skips(" uhr") || scanner.skips("uhr") }
    if isExact, !scanner.isAtEnd {
      guard let minutes = Self.zone(&scanner) else { return nil }
      zoneMinutes = minutes
    }
    guard scanner.isAtEnd else { return nil }
  }

  /// Reads a name such as `Z`, `UTC` or `CET`, or `+02:00`, `+0200` or `+02`, after blanks, as minutes ahead of UTC.
  ///
  /// An offset may follow `UTC` or `GMT`, and a name an offset: `UTC+2`, `+0000 UTC`, `+02:00[Europe/Berlin]`.
  static func zone(_ scanner: inout TimeScanner) -> Int? {
    while scanner.skip(" ") {}
    if let minutes = ZoneNames.take(&scanner) {
      guard minutes == 0, scanner.next == UInt8(ascii: "+") || scanner.next == UInt8(ascii: "-") else {
        skipPlace(&scanner)
        return minutes
      }
      return offset(&scanner, fewestDigits: 1)
    }
    guard let minutes = offset(&scanner, fewestDigits: 2) else { return nil }
    let before = scanner
    while scanner.skip(" ") {}
    // A year may follow, as in `+0100 2024`.
    if scanner.isAtEnd || ZoneNames.take(&scanner) == nil { scanner = before }
    skipPlace(&scanner)
    return minutes
  }

  private static func offset(_ scanner: inout TimeScanner, fewestDigits: Int) -> Int? {
    let isWest = scanner.next == UInt8(ascii: "-")
    guard scanner.skip("+") || scanner.skip("-"), let hours = scanner.digits(fewestDigits...2), hours <= 15 else {
      return nil
    }
    var minutes = 0
    if scanner.skip(":") || scanner.next &- 48 <= 9 {
      guard let given = scanner.digits(2...2), given < 60 else { return nil }
      minutes = given
    }
    return (isWest ? -1 : 1) * (hours * 60 + minutes)
  }

  /// Skips the name of a place in brackets, as Java writes it behind the offset.
  private static func skipPlace(_ scanner: inout TimeScanner) {
    let before = scanner
    guard scanner.skip("[") else { return }
    while !scanner.isAtEnd {
      if scanner.skip("]") { return }
      scanner.skipByte()
    }
    scanner = before
  }

  /// Returns milliseconds since midnight UTC, which may lie before 0 or after the end of the day.
  func milliseconds(_ reading: FieldReading) -> Double {
    var hour = hour
    if let isAfternoon {
      // H2O adds 12 hours to 12 PM and leaves 12 AM at noon.
      if reading == .exact, hour == 12 { hour = 0 }
      hour = (hour + (isAfternoon ? 12 : 0)) % 24
    }
    let whole = Double(((hour * 60 + minute - zoneMinutes) * 60 + second) * 1000)
    guard let fraction else { return whole }
    return whole + Self.milliseconds(ofFraction: fraction.value, digits: fraction.digits, reading: reading)
  }

  /// Returns the milliseconds of a fraction of a second, of which `digits` digits are given; further ones are dropped.
  ///
  /// H2O reads fewer than three digits as milliseconds.
  static func milliseconds(ofFraction given: Int, digits givenDigits: Int, reading: FieldReading) -> Double {
    var (value, digits) = (given, givenDigits)
    while digits > 3 { (value, digits) = (value / 10, digits - 1) }
    if reading == .exact { while digits < 3 { (value, digits) = (value * 10, digits + 1) } }
    return Double(value)
  }
}
