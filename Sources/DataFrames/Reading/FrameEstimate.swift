/// An estimate of a table's size in memory, from the beginning of its files.
///
/// The number of rows is derived from bytes. It is exact for short files; for others it is as good
/// as the first lines are typical.
package struct FrameEstimate: Sendable, Equatable {
  package struct Column: Sendable, Equatable {
    package enum Kind: Sendable, Equatable {
      /// `isByte`: True for whole numbers from 0 to 255.
      case number(isByte: Bool)
      /// Mostly zeros; `share` is the fraction that is not zero.
      case sparse(share: Double)
      /// The expected number of levels.
      case categorical(levelCount: Double)
      /// Text, which models do not use.
      case text
    }

    package let name: String
    package let kind: Kind
    /// The bytes per row, including the levels spread over the rows.
    package let bytesPerRow: Double
  }

  package let rowCount: Double
  package let columns: [Column]

  /// The size of the table in memory.
  package var bytes: Double {
    rowCount * columns.reduce(0) { $0 + $1.bytesPerRow } + Self.columnBytes * Double(columns.count)
  }

  /// The number of files that are sampled; the others are judged by their size.
  private static let sampledFiles = 3
  /// The bytes for names, arrays and index entries, which matter for many, nearly empty columns.
  private static let columnBytes = 250.0

  /// Samples the beginning of the files that form a table.
  ///
  /// - Parameters:
  ///   - files: As for ``FrameReader/read(_:options:)``.
  ///   - options: The options for reading them.
  /// - Returns: The estimate.
  /// - Throws: ``FrameError``, also where reading would.
  package static func of(
    _ files: [(path: String, name: String)], options: ReadOptions
  ) throws(FrameError) -> FrameEstimate {
    var parts: [(path: String, name: String)] = []
    for file in files { parts += try FolderFiles.of(file.path, name: file.name, options.opener) }
    var sampled = (rows: 0.0, bytes: 0.0)
    var first: TableOutline?
    for part in parts.prefix(sampledFiles) {
      let table = try TableFormats.open(part.path, name: part.name, options: options)
      let outline = try table.outline()
      first = first ?? outline
      sampled.rows += outline.rowCount
      sampled.bytes += Double(outline.fileBytes)
    }
    guard let first else { throw .empty(path: files.first?.name ?? "") }
    var rowCount = sampled.rows
    for part in parts.dropFirst(sampledFiles) where sampled.bytes > 0 {
      let file = try TableFile(part.path, name: part.name, opener: options.opener)
      rowCount += sampled.rows * Double(file.byteCount) / sampled.bytes
    }
    guard rowCount > 0 else { throw .empty(path: files.first?.name ?? "") }
    return FrameEstimate(rowCount: rowCount, columns: first.columns(rowCount))
  }
}
