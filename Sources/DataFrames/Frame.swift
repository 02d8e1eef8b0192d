internal import JobFiles

/// A table in memory.
package struct Frame: Sendable {
  /// Where it came from, for messages.
  package let path: String
  package let columns: [Column]
  package let rowCount: Int
  /// What was noticed while reading and given up; sentences.
  package let warnings: [String]

  package init(path: String, columns: [Column], warnings: [String] = []) {
    self.path = path
    self.columns = columns
    self.warnings = warnings
    rowCount = columns.first?.rowCount ?? 0
  }

  /// The table with one more column, or another one in place of a column of that name.
  package func adding(_ column: Column) -> Frame {
    Frame(path: path, columns: columns.filter { $0.name != column.name } + [column], warnings: warnings)
  }

  package func column(named name: String) -> Column? { columns.first { $0.name == name } }

  /// The column that `key` of the job names.
  /// - Throws: ``FrameError/unknownColumn(path:key:name:nearest:)``.
  package func column(named name: String, for key: String) throws(FrameError) -> Column {
    if let column = column(named: name) { return column }
    let nearest = NearestKey.find(name, among: columns.map(\.name))
    throw FrameError.unknownColumn(path: path, key: key, name: name, nearest: nearest)
  }
}
