/// Recognises the names of months and weekdays in English and German, and those of months in French, Spanish and Italian.
enum MonthNames {
  /// The longest name of each month first.
  private static let names: [[StaticString]] = [
    ["january", "januar", "janvier", "janv", "jan", "enero", "gennaio"],
    ["february", "februar", "février", "févr", "febrero", "febbraio", "feb"],
    ["march", "märz", "mär", "mrz", "marzo", "mars", "mar"], ["aprile", "april", "avril", "avr", "abril", "apr"],
    ["may", "mai", "mayo", "maggio"], ["june", "junio", "juni", "juin", "giugno", "jun"],
    ["july", "julio", "juli", "juillet", "juil", "luglio", "jul"], ["august", "août", "agosto", "aug"],
    ["september", "septembre", "septiembre", "settembre", "sept", "sep"],
    ["october", "oktober", "octobre", "octubre", "ottobre", "oct", "okt"],
    ["november", "novembre", "noviembre", "nov"],
    ["december", "dezember", "décembre", "diciembre", "dicembre", "déc", "dec", "dez"],
  ]
  private static let abbreviations: [StaticString] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]
  /// A longer name before each of its prefixes.
  private static let weekdays: [StaticString] = [
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "montag", "mon", "tues", "tue", "wed",
    "thurs", "thu", "fri", "sat", "sun", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonnabend",
    "sonntag", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "mo", "di", "mi", "do", "fr",
    "sa", "so",
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
