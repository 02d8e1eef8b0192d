/// Reads a file into a ``Frame``.
package enum FrameReader {
  /// The table in `path`, recognised by content.
  ///
  /// `name`: What messages call the file, if not by its path.
  /// Throws ``FrameError`` naming file, line and column.
  package static func read(_ path: String, name: String? = nil, options: ReadOptions) throws(FrameError) -> Frame {
    let source = try ByteSource(path, maximumBytes: options.maximumBytes)
    return try CSVReader(path: name ?? path, options: options).read(source)
  }
}
