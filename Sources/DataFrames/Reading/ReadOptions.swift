/// How a file is read; the defaults guess everything that the text does not say.
package struct ReadOptions: Sendable, Equatable {
  /// Words that usually stand for a missing value.
  package static let usualMissingWords: Set<String> = ["", "NA", "N/A", "NaN", "nan", "null", "?"]

  /// What columns are declared to be.
  package var columnTypes: [String: ColumnType] = [:]
  /// What a model knows of columns.
  package var knownTypes: [String: ColumnType] = [:]
  package var header: Bool?
  /// Names of all columns; empty for those of the header.
  package var columnNames: [String] = []
  package var separator: Character?
  /// Fields that count as missing; nil for the usual words.
  package var missingWords: Set<String>?
  /// The names under which levels are read, for each column.
  package var renamedLevels: [String: [String: String]] = [:]
  package var rules = TableRules()
  /// Columns that are not read.
  package var skippedColumns: Set<String> = []
  /// The only columns that are read; nil for all.
  package var onlyColumns: Set<String>?
  /// Up to so many fields that are not what their column was declared to be, or lines with too many fields, are a
  /// warning; more are an error.
  package var maximumBadFields = 0
  /// Tables with more bytes, unpacked, are refused.
  package var maximumBytes = Int.max
  /// Whether links may stand on the way to a file; false for paths that were checked to have none.
  package var followsLinks = true
  /// Threads that read a table; they change nothing in what is read.
  package var threads = 1

  package init() {}

  /// Fields that count as missing, whoever says so.
  var missingWordsInForce: Set<String> { missingWords ?? Self.usualMissingWords }

  /// How a column is to be read; nil where its content decides.
  func kind(of name: String) -> ColumnBuilder.Kind? {
    if skippedColumns.contains(name) || onlyColumns?.contains(name) == false { return .skipped }
    return (knownTypes[name] ?? columnTypes[name]).map(ColumnBuilder.Kind.init)
  }

  /// Whether a field that is not what column `name` holds is missing without further ado, and not a fault of the table.
  func takesMisfits(_ name: String) -> Bool { rules.types == .byMajority && columnTypes[name] == nil }

  /// What counts as missing in a column of levels or texts, or in one of numbers or times.
  func missingFields(isLevel: Bool, zeroIsMissing: Bool = false) -> MissingFields {
    let onlyEmpty = isLevel && rules.missingLevels == .emptyFields && missingWords == nil
    let words = onlyEmpty ? [] : missingWordsInForce
    return MissingFields(zeroIsMissing ? words.union(["0"]) : words, holdsEmptyQuotes: !onlyEmpty)
  }
}
