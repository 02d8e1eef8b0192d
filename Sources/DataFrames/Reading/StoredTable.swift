/// A table in an open file, of any format; nothing but its beginning has been read.
///
/// A format is one type that conforms to this protocol and is listed in ``TableFormats``. Formats of
/// lines of text conform to ``TextFormat`` instead and share ``TextTable``. Not Sendable: one thread
/// reads, and starts others.
protocol StoredTable: AnyObject, SendableMetatype {
  /// Returns true for a file of this format, by its content.
  static func recognises(_ file: TableFile) -> Bool

  /// Opens the table; reads at most what describes its columns.
  init(_ file: TableFile, options: ReadOptions) throws(FrameError)

  /// Returns the whole table.
  ///
  /// Tables of more than ``ReadOptions/maximumBytes`` are refused.
  func frame() throws(FrameError) -> Frame

  /// Returns the next rows, at most a few megabytes per thread; nil at the end.
  ///
  /// Types are not guessed from all rows: those that `options` does not know come from the beginning.
  func nextRows() throws(FrameError) -> Frame?

  /// Returns the expected size of the table, from its beginning.
  func outline() throws(FrameError) -> TableOutline
}

/// The expected size of the table in one file.
struct TableOutline {
  let rowCount: Double
  let fileBytes: Int
  /// Returns the wanted columns, for a table of `rowCount` rows that continues in other files.
  let columns: (_ rowCount: Double) -> [FrameEstimate.Column]
}
