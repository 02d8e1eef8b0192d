package import DataFrames

/// The part of a Python script that reads the fields of a table in the notation of a model's training table.
///
/// It needs only Python's standard library.
package struct FieldScript {
  private let numerics: [RowEncoding.Numeric]
  private let notation: TableNotation

  package init(_ numerics: [RowEncoding.Numeric], notation: TableNotation) {
    self.numerics = numerics
    self.notation = notation
  }

  /// The columns that hold times.
  var times: [String] { names { $0.isTime } }

  private func names(_ isWanted: (RowEncoding.Numeric) -> Bool) -> [String] { numerics.filter(isWanted).map(\.name) }

  private func notation(_ name: String) -> ColumnNotation { notation.columns[name] ?? ColumnNotation() }

  /// Definitions of `missing`, `renamed` where levels have new names, `number` and, with times, `moment`.
  package var text: String {
    let words = notation.missingWords ?? ReadOptions.usualMissingWords.sorted()
    let misfits = numerics.flatMap { notation($0.name).missingWords ?? [] }
    let commas = names { !$0.isTime && notation($0.name).decimalMark == .comma }
    var text = """
      missing = \(PythonText.list(words))
      # Words that mean no value in columns of numbers, and columns with a decimal comma.
      misfits = \(PythonText.list(Set(misfits).sorted()))
      commas = \(PythonText.list(commas))

      def number(text, has_comma):
          if text in missing or text in misfits:
              return float("nan")
          mark, other = ",." if has_comma else ".,"
          if text.endswith("%"):
              return number(text[:-1].strip(), has_comma) / 100
          if re.fullmatch(rf"[-+]?\\d{{1,3}}([{other}\\s'’]\\d{{3}})+([{mark}]\\d*)?", text):
              text = re.sub(rf"[{other}\\s'’]", "", text)
          return float(text.replace(mark, "."))

      """
    if let renamed = notation.renamedLevels {
      let names = renamed.mapValues { PythonText.dictionary($0.mapValues(PythonText.literal)) }
      text = "renamed = \(PythonText.dictionary(names))\n" + text
    }
    guard !times.isEmpty else { return text }
    let formatsByColumn = Dictionary(times.map { ($0, formats(notation($0))) }) { first, _ in first }
    return text + """

      dates = \(PythonText.list(Self.dates))
      clocks = \(PythonText.list(Self.clocks))
      formats = \(PythonText.dictionary(formatsByColumn))

      def moment(text, formats):
          \"""Returns milliseconds since 1970 in UTC.\"""
          if text in missing or text in misfits:
              return float("nan")
          for form in formats:
              try:
                  time = datetime.datetime.strptime(text, form)
                  break
              except ValueError:
                  continue
          else:
              time = datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
          if time.tzinfo is None:
              time = time.replace(tzinfo=datetime.timezone.utc)
          return (time - datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)) / datetime.timedelta(milliseconds=1)

      """
  }

  /// The expression for the formats of a column of times in Python's `strptime`, besides those of ISO 8601.
  private func formats(_ notation: ColumnNotation) -> String {
    if let format = notation.dateFormat.flatMap(DateFormat.init) { return PythonText.list(format.inPython) }
    let order = notation.dateOrder == .dayFirst ? Self.dayFirst : Self.monthFirst
    return "[date + clock for date in dates + \(PythonText.list(order)) for clock in clocks]"
  }

  private static let dates = ["%d.%m.%Y", "%d.%m.%y", "%Y/%m/%d", "%d-%b-%Y", "%d %b %Y", "%b %d, %Y"]
  private static let dayFirst = ["%d/%m/%Y", "%d/%m/%y", "%d-%m-%Y", "%d-%m-%y"]
  private static let monthFirst = ["%m/%d/%Y", "%m/%d/%y", "%m-%d-%Y", "%m-%d-%y"]
  private static let clocks = ["", " %H:%M", " %H:%M:%S", " %H:%M:%S.%f", " %I:%M %p"]
}
