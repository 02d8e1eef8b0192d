/// The options for reading a file; by default everything is guessed.
package struct ReadOptions: Sendable, Equatable {
  /// Types declared by the job.
  package var columnTypes: [String: ColumnType] = [:]
  /// Types known from a model.
  package var knownTypes: [String: ColumnType] = [:]
  /// The notations of columns as another table has them, by name; see ``adopt(_:of:)``.
  package internal(set) var knownNotations: [String: ColumnNotation] = [:]
  /// The name of that table in warnings.
  package internal(set) var notationSource = ""
  /// The names of the columns in the first file of the table, which tell its header in the others.
  var headerNames: Set<String> = []
  package var header: Bool?
  /// The names of all columns; empty to use the header.
  package var columnNames: [String] = []
  package var separator: Character?
  /// The decimal mark of all numbers; nil to guess it.
  package var decimalMark: DecimalMark?
  /// The character between groups of three digits; nil to guess it.
  package var thousandsSeparator: Character?
  /// Lines that begin with this character are not read; nil to skip only comments above the table.
  package var comment: Character?
  /// The number of lines at the beginning of the file that are not part of the table.
  package var skippedLines = 0
  /// The formats of times, such as `dd/MM/yyyy`, by column.
  package var dateFormats: [String: String] = [:]
  /// The format of times in columns without one of their own; nil to guess it.
  package var dateFormat: String?
  /// The index of the first feature of an SVMLight file, 0 or 1; nil to guess it.
  package var indexBase: Int?
  /// The sheet of a workbook; nil for the first.
  package var sheet: String?
  /// The fields that count as missing; nil for the usual words.
  package var missingWords: Set<String>?
  /// The new names of levels, by column.
  package var renamedLevels: [String: [String: String]] = [:]
  package var rules = TableRules()
  /// Columns that are not read.
  package var skippedColumns: Set<String> = []
  /// Columns that are read, but not used, so that warnings about their content are of no use.
  package var unusedColumns: Set<String> = []
  /// The only columns that are read; nil for all.
  package var onlyColumns: Set<String>?
  /// The number of tolerated bad fields: those that do not fit the declared type, and lines with too many fields.
  ///
  /// Up to this number they produce a warning; more are an error.
  package var maximumBadFields = 0
  /// Larger tables are refused; bytes count after unpacking.
  package var maximumBytes = Int.max
  /// How files are opened.
  package var opener = TableOpener.process
  /// Where numbers and levels are kept while and after they are read; nil for memory.
  package var scratch: ScratchFolder?
  /// Where the readers of messages about the table state keys.
  package var keyPlace = KeyPlace.jobFile
  /// The number of threads that read a table; the result does not depend on it.
  package var threads = 1

  package init() {}

  /// The fields that count as missing, declared or usual.
  var missingWordsInForce: Set<String> { missingWords ?? Self.usualMissingWords }

  /// Returns the kind that a column is read as; nil if its content decides.
  func kind(of name: String) -> ColumnBuilder.Kind? {
    if skippedColumns.contains(name) || onlyColumns?.contains(name) == false { return .skipped }
    let type = knownTypes[name] ?? columnTypes[name] ?? (dateFormats[name] == nil ? nil : .time)
    return type.map(ColumnBuilder.Kind.init)
  }

  /// Returns true if a field that does not fit column `name` counts as missing without a limit.
  func takesMisfits(_ name: String) -> Bool { rules.types == .byMajority && columnTypes[name] == nil }

  /// The stated notation of numbers; nil if it is guessed.
  var statedNumbers: NumberForm? {
    guard decimalMark != nil || thousandsSeparator != nil else { return nil }
    return NumberForm(
      decimalMark: decimalMark ?? (thousandsSeparator == "." ? .comma : .point),
      thousands: thousandsSeparator?.unicodeScalars.first)
  }

  /// Returns the texts that count as missing for a column of levels or texts, or for one of numbers or times.
  ///
  /// - `others`: Further words that are missing in a column of numbers or times.
  func missingFields(isLevel: Bool, zeroIsMissing: Bool = false, others: [String] = []) -> MissingFields {
    let onlyEmpty = isLevel && rules.missingLevels == .emptyFields && missingWords == nil
    guard rules.fields == .exact, missingWords == nil, !onlyEmpty else {
      let words = onlyEmpty ? [] : missingWordsInForce.union(others)
      return MissingFields(zeroIsMissing ? words.union(["0"]) : words, holdsEmptyQuotes: !onlyEmpty)
    }
    if isLevel { return Self.fieldsMissingAmongWords }
    return others.isEmpty
      ? Self.fieldsMissingAmongNumbers
      : MissingFields(Self.missingAmongNumbers.union(others.map(Self.lowercased)), ignoresCase: true)
  }
}
