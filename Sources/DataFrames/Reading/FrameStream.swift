/// Reads a table of any length in pieces, from files, pipes or standard input.
///
/// Only the wanted columns are read, with known types; nothing is guessed and nothing is kept. Not
/// Sendable: one thread reads.
package final class FrameStream {
  private let table: any StoredTable

  /// Opens the table.
  ///
  /// - Parameters:
  ///   - path: A regular file.
  ///   - name: The name of the table in messages.
  ///   - options: The options for reading, with the wanted columns and their types.
  ///   - takesPipes: True to accept pipes too, and `-` for standard input. In the daemon, a pipe
  ///     without a writer would block a job forever.
  /// - Throws: ``FrameError``.
  package init(
    _ path: String, name: String, options: ReadOptions, takesPipes: Bool = false
  ) throws(FrameError) {
    table = try TableFormats.open(path, name: name, options: options, takesPipes: takesPipes)
  }

  /// Returns the next rows, at most a few megabytes per thread; nil at the end.
  package func next() throws(FrameError) -> Frame? { try table.nextRows() }
}
