extension ReadOptions {
  /// The usual words for a missing value, in columns of every type.
  package static let usualMissingWords: Set<String> = ["", "NA", "N/A", "NaN", "nan", "null", "?"]
  /// What messages say of `na_strings`.
  static let usualWordsHint = "; that list replaces the usual words such as NA, so repeat those that the table holds"

  /// Words that no level of a category has, among them the errors of spreadsheets in their languages.
  static let missingAmongWords: Set<String> = usualMissingWords.union([
    "NULL", "n/a", "N/a", "#N/A", "#NA", "#N/A N/A", "<NA>", "<na>", "-nan", "-NaN", "\\N", "NaT", "(null)", "[NULL]",
    "(NULL)", "[null]", "1.#QNAN", "-1.#IND", "-nan(ind)", "nan(ind)",
    "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#ERROR!",
    // German, Dutch, Swedish
    "#NV", "#WERT!", "#BEZUG!", "#ZAHL!", "#ÜBERLAUF!", "#KALK!", "#FEHLER!",
    "#N/B", "#DEEL/0!", "#WAARDE!", "#VERW!", "#NAAM?", "#GETAL!", "#LEEG!",
    "#SAKNAS!", "#DIVISION/0!", "#VÄRDEFEL!", "#REFERENS!", "#NAMN?", "#OGILTIGT!", "#SKÄRNING!",
    // French, Italian, Portuguese, Spanish
    "#DIV/0", "#VALEUR!", "#NOM?", "#NOMBRE!", "#NUL!",
    "#N/D", "#VALORE!", "#RIF!", "#NOME?", "#NULLO!", "#VALOR!", "#NÚM!", "#NULO!",
    "#¡DIV/0!", "#¡VALOR!", "#¡REF!", "#¿NOMBRE?", "#¡NUM!", "#¡NULO!",
    // Polish
    "#N/D!", "#DZIEL/0!", "#ARG!", "#ADR!", "#NAZWA?", "#LICZBA!", "#ZERO!",
  ])

  /// Words that are missing among numbers and times, in any case; among words they can be levels.
  static let missingAmongNumbers: Set<String> = Set(missingAmongWords.map(lowercased)).union([
    "n.a.", "n. a.", "+nan", "nil", "none", "-", "--", "---", ".", "..", "...", "\u{2013}", "\u{2014}", "0000-00-00",
    "0000-00-00 00:00:00",
    // Keine Angabe, nicht verfügbar; no disponible, sin dato; non disponible, non disponibile
    "k.a.", "k. a.", "n.v.", "n. v.", "n/d", "n.d.", "n. d.", "s/d", "s.d.",
  ])

  static let fieldsMissingAmongWords = MissingFields(missingAmongWords)
  static let fieldsMissingAmongNumbers = MissingFields(missingAmongNumbers, ignoresCase: true)

  /// Returns the first of `levels` that is missing unless the job states its own words.
  ///
  /// - `amongNumbers`: True for the words that are missing among numbers only.
  func replacedWord(_ levels: LevelTable, amongNumbers: Bool) -> String? {
    guard missingWords != nil, rules.fields == .exact, levels.count <= Self.mostSearchedLevels else { return nil }
    let usual = amongNumbers ? Self.fieldsMissingAmongNumbers : Self.fieldsMissingAmongWords
    let found = (0..<levels.count).first { index in
      let text = levels.text(index)
      return !text.isEmpty && usual.contains(text, 0, text.count)
    }
    return found.map(levels.string)
  }

  private static let mostSearchedLevels = 100_000

  /// Returns the text with its ASCII letters in lower case.
  static func lowercased(_ text: String) -> String {
    String(decoding: text.utf8.map { (65...90).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
  }
}
