internal import Threads

/// A summary of a table: how its file was read, and the content of each column.
///
/// `deepspool describe` prints it, and training writes it beside the model.
package struct TableDescription: Sendable, Equatable {
  /// The layout of the file; nil for a table that was not read from one.
  package let layout: TableLayout?
  package let rowCount: Int
  package let columns: [ColumnDescription]
  /// Sentences about defects that reading tolerated, and about close calls.
  package let warnings: [String]

  /// Summarises every value of `frame`, in time linear in their number; `threads` work on different columns.
  package init(_ frame: Frame, threads: Int = 1) {
    layout = frame.layout
    rowCount = frame.rowCount
    warnings = frame.warnings
    columns = ParallelLoop.map(frame.columns.count, threads: threads) { index in
      let column = frame.columns[index]
      return ColumnDescription(column, reason: frame.typeReasons[column.name])
    }
  }
}
