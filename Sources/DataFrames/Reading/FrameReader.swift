/// Reads files into a ``Frame``.
package enum FrameReader {
  /// The table in `path`, a file recognised by content, or a folder whose files are one table.
  ///
  /// `name`: What messages call the file, if not by its path.
  /// Throws ``FrameError`` naming file, line and column.
  package static func read(_ path: String, name: String? = nil, options: ReadOptions) throws(FrameError) -> Frame {
    try read([(path, name ?? path)], options: options)
  }

  /// The table that the files make together, one after the other; columns are matched by name.
  package static func read(
    _ files: [(path: String, name: String)], options: ReadOptions
  ) throws(FrameError) -> Frame {
    var parts: [(path: String, name: String)] = []
    for file in files { parts += try FolderFiles.of(file.path, name: file.name) }
    guard let first = parts.first else { throw .empty(path: files.first?.name ?? "") }
    guard parts.count > 1 else { return try readFile(first, options) }
    return try FrameJoin(files: parts, options: options).frame()
  }

  static func readFile(_ file: (path: String, name: String), _ options: ReadOptions) throws(FrameError) -> Frame {
    let source = try ByteSource(file.path, maximumBytes: options.maximumBytes, followsLinks: options.followsLinks)
    return try TableReader(path: file.name, options: options).read(source)
  }
}
