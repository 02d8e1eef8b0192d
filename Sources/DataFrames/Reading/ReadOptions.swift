package import JobFiles

/// How a file is read where guessing is not wanted.
package struct ReadOptions: Sendable {
  /// What the job declares columns to be.
  package var columnTypes: [String: ColumnTypeChoice]
  /// What a model knows of columns.
  package var knownTypes: [String: ColumnTypeChoice] = [:]
  package var header: Bool?
  package var columnNames: [String]
  package var separator: Character?
  package var naStrings: Set<String>
  /// Whether the job says what counts as missing.
  package var naStringsAreGiven: Bool
  package var renamedLevels: [String: [String: String]]
  package var rules: ImportRules
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

  /// What the job says about its tables.
  package init(_ job: JobFile) {
    columnTypes = job.columnTypes
    header = job.header
    columnNames = job.columnNames
    separator = job.separator.map { $0 == "tab" ? "\t" : $0 == "space" ? " " : Character($0) }
    naStrings = Set(job.naStrings)
    naStringsAreGiven = job.isGiven(ParameterCatalogue.shared.naStrings.key)
    renamedLevels = job.renameLevels
    rules = ImportRules(job.quirks)
    skippedColumns = Set(job.skippedColumns)
    maximumBadFields = job.maxBadFields
  }

  /// How a column is to be read; nil where its content decides.
  func kind(of name: String) -> ColumnBuilder.Kind? {
    if skippedColumns.contains(name) || onlyColumns?.contains(name) == false { return .skipped }
    return (knownTypes[name] ?? columnTypes[name]).map(ColumnBuilder.Kind.init)
  }

  /// Whether a field that is not what column `name` holds is missing without further ado, and not a fault of the table.
  func takesMisfits(_ name: String) -> Bool { rules.types == .byMajority && columnTypes[name] == nil }

  /// What counts as missing in a column of levels or texts, or in one of numbers or times.
  func missingFields(isLevel: Bool, zeroIsMissing: Bool = false) -> MissingFields {
    let onlyEmpty = isLevel && !rules.wordsCanBeMissing && !naStringsAreGiven
    let words = onlyEmpty ? [] : naStrings
    return MissingFields(zeroIsMissing ? words.union(["0"]) : words, holdsEmptyQuotes: !onlyEmpty)
  }
}
