package import DataFrames
package import JobFiles

extension ReadOptions {
  /// The options for reading the job's tables.
  package init(_ job: JobFile) {
    self.init()
    columnTypes = job.columnTypes.mapValues(ColumnType.init)
    header = job.header
    columnNames = job.columnNames
    separator = job.separator.map(Self.character)
    decimalMark = job.decimal.map(DecimalMark.init)
    thousandsSeparator = job.thousands.map(Self.character)
    comment = job.comment.map(Self.character)
    skippedLines = job.skipLines
    dateFormat = job.dateFormat.common
    dateFormats = job.dateFormat.ofColumn
    indexBase = job.indexBase
    sheet = job.sheet
    missingWords = job.isGiven(\.naStrings) ? Set(job.naStrings) : nil
    renamedLevels = job.renameLevels
    rules = Compatibility(job).tables
    skippedColumns = Set(job.skippedColumns)
    unusedColumns = Set(job.ignoredColumns)
    maximumBadFields = job.maxBadFields
  }

  /// Returns the character that a key names; the rules of the catalogue allow no other text.
  private static func character(_ text: String) -> Character {
    switch text {
    case "tab": "\t"
    case "space": " "
    case "comma": ","
    case "semicolon": ";"
    case "pipe": "|"
    default: text.first ?? " "
    }
  }
}
