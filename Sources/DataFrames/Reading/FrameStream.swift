/// Reads a table of any length in pieces, from files, pipes or standard input.
///
/// Only the wanted columns are read, with known types; nothing is guessed and nothing is kept. Not
/// Sendable: one thread reads.
package final class FrameStream {
  private let reader: TableReader
  private let blocks: TextBlocks
  private let format: TableFormat
  private let parser: any BlockParser
  private let threads: Int
  private var linesBefore = 0
  private var isFirst = true

  /// Opens the table and inspects its beginning.
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
    threads = max(1, options.threads)
    reader = TableReader(path: name, options: options)
    blocks = TextBlocks(try ByteSource(path, followsLinks: options.followsLinks, takesPipes: takesPipes))
    format = try reader.format(blocks, width: .wantedColumns)
    parser = format.parser(kinds: format.kinds, options: options)
  }

  /// Returns the next rows, at most a few megabytes of text per thread; nil at the end.
  package func next() throws(FrameError) -> Frame? {
    let line = BlockLine(threads: threads)
    var count = 0
    let parser = parser
    while count < threads, let block = try blocks.next(separator: format.quotingSeparator) {
      let isFirst = isFirst
      line.add { parser.read(block, isFirst: isFirst) }
      self.isFirst = false
      count += 1
    }
    let parts = line.finish()
    guard count > 0 else { return nil }
    try reader.check(parts, linesBefore: linesBefore)
    let frame = try reader.frame(parts, names: format.names, kinds: format.kinds, linesBefore: linesBefore)
    linesBefore += parts.reduce(0) { $0 + $1.lineCount }
    return frame
  }
}
