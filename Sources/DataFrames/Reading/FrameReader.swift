/// Reads files into a ``Frame``.
package enum FrameReader {
  /// Reads the table in `path`: a file, whose format is recognised by content, or a directory whose
  /// files form one table.
  ///
  /// `name`: The name of the file in messages; nil for its path.
  ///
  /// Throws ``FrameError`` naming file, line and column.
  package static func read(_ path: String, name: String? = nil, options: ReadOptions) throws(FrameError) -> Frame {
    try read([(path, name ?? path)], options: options)
  }

  /// Reads the table in an open file, such as a copy of a pipe in memory.
  ///
  /// - Parameters:
  ///   - path: The path of the open file: `/proc/self/fd/3`.
  ///   - name: The name of the table in messages.
  ///   - options: The options for reading.
  /// - Returns: The table.
  /// - Throws: ``FrameError``.
  package static func read(open path: String, name: String, options: ReadOptions) throws(FrameError) -> Frame {
    try TableFormats.open(path, name: name, options: options, takesPipes: true).frame()
  }

  /// Reads several files into one table, in order; columns are matched by name.
  package static func read(
    _ files: [(path: String, name: String)], options: ReadOptions
  ) throws(FrameError) -> Frame {
    var parts: [(path: String, name: String)] = []
    for file in files { parts += try FolderFiles.of(file.path, name: file.name, options.opener) }
    guard let first = parts.first else { throw .empty(path: files.first?.name ?? "") }
    guard parts.count > 1 else { return try readFile(first, options) }
    return try FrameJoin(files: parts, options: options).frame()
  }

  static func readFile(_ file: (path: String, name: String), _ options: ReadOptions) throws(FrameError) -> Frame {
    try TableFormats.open(file.path, name: file.name, options: options).frame()
  }
}
