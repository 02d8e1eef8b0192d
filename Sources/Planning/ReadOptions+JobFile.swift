package import DataFrames
package import JobFiles

extension ReadOptions {
  /// The options for reading the job's tables.
  package init(_ job: JobFile) {
    self.init()
    columnTypes = job.columnTypes.mapValues(ColumnType.init)
    header = job.header
    columnNames = job.columnNames
    separator = job.separator.map { $0 == "tab" ? "\t" : $0 == "space" ? " " : Character($0) }
    missingWords = job.isGiven(\.naStrings) ? Set(job.naStrings) : nil
    renamedLevels = job.renameLevels
    rules = Compatibility(job).tables
    skippedColumns = Set(job.skippedColumns)
    maximumBadFields = job.maxBadFields
  }
}
