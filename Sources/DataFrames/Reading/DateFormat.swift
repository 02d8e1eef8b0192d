/// A stated format of dates and times, in the letters of Unicode and Java (`dd/MM/yyyy HH:mm`) or of `strptime` (`%d/%m/%Y`).
package struct DateFormat: Sendable, Hashable {
  private enum Part: Hashable {
    case year(digits: Int)
    case month, monthName, day, weekday
    case hour, hourOfHalf, minute, second, fraction, half, zone
    case literal(Unicode.Scalar)
  }

  /// The formats that `strptime` letters stand for.
  private static let percentLetters: [Character: String] = [
    "Y": "yyyy", "y": "yy", "m": "MM", "d": "dd", "e": "dd", "H": "HH", "I": "hh", "M": "mm", "S": "ss", "f": "SSS",
    "p": "a", "z": "XXX", "Z": "z", "b": "MMM", "h": "MMM", "B": "MMMM", "a": "EEE", "A": "EEEE",
    "F": "yyyy-MM-dd", "T": "HH:mm:ss", "D": "MM/dd/yy", "R": "HH:mm", "%": "%", "n": " ", "t": " ",
  ]

  package let pattern: String
  private let parts: [Part]

  /// Returns nil for a pattern with unknown letters, or without year, month and day or an hour.
  package init?(_ pattern: String) {
    self.pattern = pattern
    guard let translated = pattern.contains("%") ? Self.translated(pattern) : pattern,
      let parts = Self.parts(translated)
    else { return nil }
    let hasDate = parts.contains { if case .year = $0 { true } else { false } }
    guard hasDate || parts.contains(.hour) || parts.contains(.hourOfHalf) else { return nil }
    self.parts = parts
  }

  private static func translated(_ pattern: String) -> String? {
    var result = ""
    var characters = Substring(pattern)
    while let first = characters.popFirst() {
      guard first == "%" else {
        result += first.isLetter ? "'\(first)'" : String(first)
        continue
      }
      guard let letter = characters.popFirst(), let part = percentLetters[letter] else { return nil }
      result += part
    }
    return result
  }

  private static func parts(_ pattern: String) -> [Part]? {
    var parts: [Part] = []
    var rest = Substring(pattern).unicodeScalars
    while let first = rest.first {
      if first == "'" {
        rest.removeFirst()
        let text = rest.prefix { $0 != "'" }
        parts += text.isEmpty ? [.literal("'")] : text.map { .literal($0) }
        rest.removeFirst(text.count)
        guard rest.first == "'" else { return nil }
        rest.removeFirst()
        continue
      }
      let run = rest.prefix { $0 == first }.count
      guard first.isASCII, first.properties.isAlphabetic else {
        parts.append(.literal(first))
        rest.removeFirst()
        continue
      }
      rest.removeFirst(run)
      guard let part = part(first, run) else { return nil }
      parts.append(part)
    }
    return parts
  }

  private static func part(_ letter: Unicode.Scalar, _ run: Int) -> Part? {
    switch letter {
    case "y", "u": .year(digits: run == 2 ? 2 : 4)
    case "M", "L": run >= 3 ? .monthName : .month
    case "d": .day
    case "E": .weekday
    case "H": .hour
    case "h": .hourOfHalf
    case "m": .minute
    case "s": .second
    case "S": .fraction
    case "a": .half
    case "X", "x", "Z", "z", "V", "O": .zone
    // ISO 8601 joins date and time with a bare T.
    case "T" where run == 1: .literal("T")
    default: nil
    }
  }

  /// The formats of Python's `strptime` for such texts: one with abbreviated, one with whole names, if any.
  package var inPython: [String] {
    let hasNames = parts.contains(.monthName) || parts.contains(.weekday)
    return (hasNames ? [false, true] : [false]).map { isWhole in
      parts.map { part in
        switch part {
        case .year(let digits): digits == 2 ? "%y" : "%Y"
        case .month: "%m"
        case .monthName: isWhole ? "%B" : "%b"
        case .day: "%d"
        case .weekday: isWhole ? "%A" : "%a"
        case .hour: "%H"
        case .hourOfHalf: "%I"
        case .minute: "%M"
        case .second: "%S"
        case .fraction: "%f"
        case .half: "%p"
        case .zone: "%z"
        case .literal("%"): "%%"
        case .literal(let scalar): String(scalar)
        }
      }.joined()
    }
  }

  /// Reads the whole text of `scanner` as milliseconds since 1970; nil if it does not fit.
  func milliseconds(_ scanner: inout TimeScanner) -> Double? {
    var (year, month, day) = (1970, 1, 1)
    var (hour, minute, second, zone) = (0, 0, 0, 0)
    var fraction = 0.0
    var isAfternoon: Bool?
    for (index, part) in parts.enumerated() {
      switch part {
      case .year(let digits):
        let begin = scanner.position
        guard let value = scanner.digits(digits...digits) else { return nil }
        year = scanner.position - begin == 2 ? TimeScanner.year(ofTwoDigits: value) : value
      case .month:
        guard let value = scanner.digits(1...2) else { return nil }
        month = value
      case .monthName:
        guard let value = MonthNames.take(&scanner) else { return nil }
        month = value
        if parts.dropFirst(index + 1).first != .literal(".") { _ = scanner.skip(".") }
      case .day:
        guard let value = scanner.digits(1...2) else { return nil }
        day = value
      case .weekday:
        guard MonthNames.takeWeekday(&scanner) else { return nil }
      case .hour, .hourOfHalf:
        guard let value = scanner.digits(1...2), value < 24 else { return nil }
        hour = value
      case .minute:
        guard let value = scanner.digits(1...2), value < 60 else { return nil }
        minute = value
      case .second:
        guard let value = scanner.digits(1...2), value <= 60 else { return nil }
        second = value
      case .fraction:
        let begin = scanner.position
        guard let value = scanner.digits(1...9) else { return nil }
        fraction = TimeOfDay.milliseconds(ofFraction: value, digits: scanner.position - begin, reading: .exact)
      case .half:
        guard let value = scanner.afternoon() else { return nil }
        isAfternoon = value
      case .zone:
        guard let value = TimeOfDay.zone(&scanner) else { return nil }
        zone = value
      case .literal(let scalar):
        guard scanner.skipsScalar(scalar) else { return nil }
      }
    }
    guard scanner.isAtEnd, scanner.checked(year, month, day, .yearFirst) != nil else { return nil }
    if let isAfternoon {
      guard (1...12).contains(hour) else { return nil }
      hour = hour % 12 + (isAfternoon ? 12 : 0)
    }
    let seconds = (hour * 60 + minute - zone) * 60 + second
    return Double(CivilDate(year: year, month: month, day: day).days) * TimeParser.millisecondsPerDay
      + Double(seconds * 1000) + fraction
  }
}
