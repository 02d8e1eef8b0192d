internal import Wording

/// A table in memory.
package struct Frame: Sendable {
  /// The source of the table, for messages.
  package let path: String
  package let columns: [Column]
  package let rowCount: Int
  /// Sentences about defects that reading tolerated.
  package let warnings: [String]
  /// True if absent columns hold zeros, because the format (SVMLight) does not state its width.
  package let isOpenEnded: Bool
  /// The layout of the file; nil for a table that was not read from one.
  package let layout: TableLayout?
  /// The reason for the type of a column, by its name, where the type was guessed.
  package let typeReasons: [String: String]
  /// The names of the columns of the file that were not read.
  package let unreadNames: [String]
  private let positions: [String: Int]

  package init(
    path: String, columns: [Column], warnings: [String] = [], isOpenEnded: Bool = false, layout: TableLayout? = nil,
    typeReasons: [String: String] = [:], unreadNames: [String] = []
  ) {
    self.unreadNames = unreadNames
    self.layout = layout
    self.typeReasons = typeReasons
    self.path = path
    self.columns = columns
    self.warnings = warnings
    self.isOpenEnded = isOpenEnded
    rowCount = columns.first?.rowCount ?? 0
    positions = Dictionary(
      columns.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Returns a table with other columns, read from the same file.
  package func with(_ columns: [Column]) -> Frame {
    Frame(
      path: path, columns: columns, warnings: warnings, isOpenEnded: isOpenEnded, layout: layout,
      typeReasons: typeReasons, unreadNames: unreadNames)
  }

  /// Returns the table with `column` added, replacing a column of the same name.
  package func adding(_ column: Column) -> Frame { with(columns.filter { $0.name != column.name } + [column]) }

  package func column(named name: String) -> Column? { positions[name].map { columns[$0] } }

  /// Returns the column with the given name and role.
  ///
  /// - Throws: ``FrameError/unknownColumn(path:role:name:nearest:doubt:)``.
  package func column(named name: String, for role: ColumnRole) throws(FrameError) -> Column {
    if let column = column(named: name) { return column }
    let nearest = NearestWord.find(name, among: columns.map(\.name))
    throw FrameError.unknownColumn(
      path: path, role: role, name: name, nearest: nearest, doubt: layout?.contradictions.first { $0.columns.isEmpty })
  }
}
