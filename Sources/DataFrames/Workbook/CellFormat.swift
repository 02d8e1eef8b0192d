/// The meaning of a stored number, by the number format of its cell.
enum CellFormat: Sendable, Equatable {
  case number
  case date
  case dateTime
  /// A time of day without a date.
  case time
  /// A number of hours, minutes or seconds that may exceed a day.
  case duration

  /// Returns the meaning of a built-in format; custom formats have numbers from 164.
  init(builtIn number: Int) {
    switch number {
    case 14...17, 27...31, 36, 50...54, 57, 58: self = .date
    case 18...21, 32...35, 45, 47, 55, 56: self = .time
    case 22: self = .dateTime
    case 46: self = .duration
    default: self = .number
    }
  }

  /// Returns the meaning of a format such as `dd/mm/yyyy;@`, from its first section.
  init(code: String) {
    var letters = Letters()
    var characters = Substring(code.lowercased())
    while let character = characters.popFirst(), character != ";" {
      switch character {
      case "\"":
        characters = characters.drop { $0 != "\"" }.dropFirst()
      case "\\", "_", "*":
        // The next character is shown, left blank or repeated.
        characters = characters.dropFirst()
      case "[":
        let inside = characters.prefix { $0 != "]" }
        characters = characters.dropFirst(inside.count + 1)
        if let unit = inside.first, "hms".contains(unit), inside.allSatisfy({ $0 == unit }) { letters.isElapsed = true }
      case "a" where characters.hasPrefix("m/pm"):
        characters = characters.dropFirst(4)
        letters.hasTime = true
      case "a" where characters.hasPrefix("/p"):
        characters = characters.dropFirst(2)
        letters.hasTime = true
      case "g" where characters.hasPrefix("eneral"): characters = characters.dropFirst(6)
      case "e" where characters.first == "+" || characters.first == "-": letters.hasDigits = true
      case "y", "d", "e", "g", "b": letters.hasDate = true
      case "h", "s": letters.hasTime = true
      case "m": letters.hasMonthOrMinute = true
      case "#", "?": letters.hasDigits = true
      case "0": letters.hasDigits = letters.hasDigits || !letters.hasTime
      default: break
      }
    }
    self = letters.format
  }

  /// The letters of a format outside quotes.
  private struct Letters {
    var hasDate = false
    var hasTime = false
    var hasMonthOrMinute = false
    var isElapsed = false
    /// True for a place for a digit, except for fractions of a second.
    var hasDigits = false

    var format: CellFormat {
      if isElapsed { return .duration }
      if hasDigits { return .number }
      if hasDate { return hasTime ? .dateTime : .date }
      if hasTime { return .time }
      return hasMonthOrMinute ? .date : .number
    }
  }
}
