/// Recognises the names of months and weekdays in English and German.
enum MonthNames {
  /// The longest name of each month first.
  private static let names: [[StaticString]] = [
    ["january", "januar", "jan"], ["february", "februar", "feb"], ["march", "märz", "mär", "mrz", "mar"],
    ["april", "apr"], ["may", "mai"], ["june", "juni", "jun"], ["july", "juli", "jul"], ["august", "aug"],
    ["september", "sept", "sep"], ["october", "oktober", "oct", "okt"], ["november", "nov"],
    ["december", "dezember", "dec", "dez"],
  ]
  private static let abbreviations: [StaticString] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]
  private static let weekdays: [StaticString] = [
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tues", "tue", "wed", "thurs",
    "thu", "fri", "sat", "sun",
  ]

  /// Reads the name of a month and returns its number, 1 to 12; H2O knows English abbreviations only.
  static func take(_ scanner: inout TimeScanner) -> Int? {
    guard scanner.reading == .exact else {
      return abbreviations.firstIndex { scanner.skips($0) }.map { $0 + 1 }
    }
    for (index, names) in names.enumerated() where names.contains(where: { scanner.skips($0) }) { return index + 1 }
    return nil
  }

  /// Reads the name of a weekday; returns false without one.
  static func takeWeekday(_ scanner: inout TimeScanner) -> Bool { weekdays.contains { scanner.skips($0) } }

  /// Skips the name of a weekday with its comma and blank, if there is one.
  static func skipWeekday(_ scanner: inout TimeScanner) {
    guard takeWeekday(&scanner) else { return }
    _ = scanner.skip(".")
    _ = scanner.skip(",")
    while scanner.skip(" ") {}
  }
}
