package import JobFiles

/// How a file is read where guessing is not wanted.
package struct ReadOptions: Sendable {
  package var columnTypes: [String: ColumnTypeChoice]
  package var header: Bool?
  package var columnNames: [String]
  package var separator: Character?
  package var naStrings: Set<String>
  package var renamedLevels: [String: [String: String]]
  package var levelOrder: LevelOrder
  package var numberRounding: NumberRounding
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
    renamedLevels = job.renameLevels
    numberRounding = NumberRounding(job.quirks)
    levelOrder = job.quirks.contains(.levelsSortAsWords) ? .asWords : .bySize
    skippedColumns = Set(job.skippedColumns)
    maximumBadFields = job.maxBadFields
  }

  /// How the job wants a column read; nil where its content decides.
  func kind(of name: String) -> ColumnBuilder.Kind? {
    if skippedColumns.contains(name) || onlyColumns?.contains(name) == false { return .skipped }
    return columnTypes[name].map(ColumnBuilder.Kind.init)
  }
}
