internal import Dispatch
internal import Synchronization

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
    let next = Mutex(0)
    let done = Mutex<[Int: ColumnDescription]>([:])
    DispatchQueue.concurrentPerform(iterations: max(1, min(threads, frame.columns.count))) { _ in
      while true {
        let index = next.withLock { next in
          next += 1
          return next - 1
        }
        guard index < frame.columns.count else { return }
        let column = frame.columns[index]
        let description = ColumnDescription(column, reason: frame.typeReasons[column.name])
        done.withLock { $0[index] = description }
      }
    }
    columns = done.withLock { done in done.sorted { $0.key < $1.key }.map(\.value) }
  }
}
