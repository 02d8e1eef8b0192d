package import JobFiles

/// How a file is read where guessing is not wanted.
package struct ReadOptions: Sendable {
  package var columnTypes: [String: ColumnTypeChoice]
  package var header: Bool?
  package var columnNames: [String]
  package var separator: Character?
  package var naStrings: Set<String>
  package var renamedLevels: [String: [String: String]]
  /// Tables with more bytes, unpacked, are refused.
  package var maximumBytes = Int.max
  /// Threads that read a table; they change nothing in what is read.
  package var threads = 1

  /// What the job says about its tables.
  package init(_ job: JobFile) {
    columnTypes = job.columnTypes
    header = job.header
    columnNames = job.columnNames
    separator = job.separator.map { $0 == "tab" ? "\t" : Character($0) }
    naStrings = Set(job.naStrings)
    renamedLevels = job.renameLevels
  }
}
