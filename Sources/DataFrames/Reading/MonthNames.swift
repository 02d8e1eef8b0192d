/// Recognises the names of months and weekdays in English, German and French, and those of months in Spanish, Italian,
/// Portuguese, Dutch, Polish and the Scandinavian languages.
enum MonthNames {
  /// A longer name of a month before each of its prefixes.
  private static let names: [[StaticString]] = [
    ["january", "januari", "januar", "janvier", "janeiro", "janv", "jan", "enero", "ene", "gennaio", "genn", "gen"]
      + ["stycznia", "styczeń", "sty"],
    [
      "february", "februari", "februar", "février", "févr", "fév", "febrero", "febbraio", "febr", "feb", "fevereiro",
      "fev",
    ]
      + ["lutego", "luty", "lut"],
    ["march", "märz", "mär", "mrz", "mrt", "maart", "março", "marzec", "marzo", "marca", "mars", "mar"],
    ["aprile", "april", "avril", "avr", "abril", "abr", "apr", "kwietnia", "kwiecień", "kwi"],
    ["maggio", "mag", "maio", "maja", "mayo", "may", "mai", "maj", "mei"],
    ["junho", "junio", "juni", "june", "juin", "jun", "giugno", "giu", "czerwca", "czerwiec", "cze"],
    ["julho", "julio", "juli", "july", "juillet", "juil", "jul", "luglio", "lug", "lipca", "lipiec", "lip"],
    ["augustus", "augusti", "august", "aug", "août", "agosto", "ago", "sierpnia", "sierpień", "sie"],
    ["september", "septembre", "septiembre", "setiembre", "setembro", "settembre", "sept", "sett", "sep", "set"]
      + ["września", "wrzesień", "wrz"],
    ["october", "oktober", "octobre", "octubre", "outubro", "ottobre", "oct", "okt", "out", "ott"]
      + ["października", "październik", "paź"],
    ["november", "novembre", "noviembre", "novembro", "nov", "listopada", "listopad", "lis"],
    [
      "december", "dezember", "desember", "décembre", "diciembre", "dicembre", "dezembro", "déc", "dec", "dez", "dic",
      "des",
    ]
      + ["grudnia", "grudzień", "gru"],
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
