internal import DataFrames
internal import DurableFiles
internal import JobFiles

/// A table that the command line names: a file, a folder, a pipe, standard input, or the table of a job.
struct TableArgument {
  /// The name of the table in messages.
  let name: String
  private let files: [(path: String, name: String)]
  /// The copy of a pipe.
  private let input: MemoryFile?

  /// - `table`: A path, or `-` for standard input.
  init(_ table: String) throws {
    name = table == "-" ? "standard input" : table
    guard !MemoryFile.isNeeded(for: table) else {
      let input = try MemoryFile(copying: table)
      files = []
      self.input = input
      return
    }
    files = [(Paths.resolved(table) ?? table, name)]
    input = nil
  }

  /// The table that a job trains on or predicts; nil if it names none.
  init?(of argument: JobFileArgument) {
    guard let table = argument.job.trainingFrame ?? argument.job.frame else { return nil }
    name = table.title
    files = table.names.map { (argument.path(of: $0), $0) }
    input = nil
  }

  func read(_ options: ReadOptions) throws(FrameError) -> Frame {
    guard let input else { return try FrameReader.read(files, options: options) }
    return try FrameReader.read(open: input.path, name: name, options: options)
  }
}
