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

  /// The maximum number of sampled fields.
  private static let sampledFields = 4_000_000
  private static let sampledBytes = 1 << 20
  /// The number of files that are sampled; the others are judged by their size.
  private static let sampledFiles = 3
  /// If a larger fraction of the sampled rows has its own level, further rows are expected to bring new levels.
  private static let growingShare = 0.5
  private static let textShare = 0.95
  /// Texts of up to this many bytes are stored inline.
  private static let inlineTextBytes = 15.0
  private static let textBytes = 16.0
  private static let heapBytes = 32.0
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
    for file in files { parts += try FolderFiles.of(file.path, name: file.name) }
    var looks: [Look] = []
    for part in parts.prefix(sampledFiles) { looks.append(try look(part, options)) }
    guard let first = looks.first else { throw .empty(path: files.first?.name ?? "") }
    let sampled = looks.reduce((rows: 0.0, bytes: 0.0)) { ($0.rows + $1.rowCount, $0.bytes + Double($1.fileBytes)) }
    var rowCount = sampled.rows
    for part in parts.dropFirst(sampledFiles) where sampled.bytes > 0 {
      rowCount +=
        sampled.rows * Double(try ByteSource(part.path, followsLinks: options.followsLinks).fileBytes) / sampled.bytes
    }
    return FrameEstimate(rowCount: rowCount, columns: first.columns(rowCount: rowCount))
  }

  private static func look(
    _ file: (path: String, name: String), _ options: ReadOptions
  ) throws(FrameError) -> Look {
    let source = try ByteSource(file.path, followsLinks: options.followsLinks)
    let blocks = TextBlocks(source)
    let format = try TableReader(path: file.name, options: options).format(blocks, width: .beginning)
    let head = try blocks.head()
    let expectedBytes = blocks.expectedBytes
    let lines = max(2, sampledFields / max(1, format.names.count))
    guard let sample = TextBlock(beginningOf: head, maximumLines: lines, maximumBytes: sampledBytes) else {
      throw source.outOfMemory(byteCount: sampledBytes)
    }
    let parser = format.parser(kinds: format.kinds, options: options)
    let part = parser.read(sample, isFirst: true)
    if case .outOfMemory(let byteCount) = part.fault { throw source.outOfMemory(byteCount: byteCount) }
    return Look(
      names: format.names, part: part,
      rowCount: sample.count == 0 ? 0 : Double(part.rowCount) * max(1, expectedBytes / Double(sample.count)),
      fileBytes: source.fileBytes)
  }

  /// The findings from the beginning of a file.
  private struct Look {
    let names: [String]
    let part: BlockColumns
    let rowCount: Double
    let fileBytes: Int

    func columns(rowCount: Double) -> [Column] {
      var entries = [Int](repeating: 0, count: names.count)
      for entry in part.entries { entries[Int(entry.column)] += 1 }
      let rows = Double(max(1, part.rowCount))
      return zip(names, part.builders).enumerated().filter { $1.1.kind != .skipped }.map { index, named in
        let (name, builder) = named
        guard builder.kind == .sparse else { return column(name, builder, rowCount: rowCount) }
        let share = Double(entries[index]) / rows
        return Column(
          name: name, kind: .sparse(share: share), bytesPerRow: min(8, share * Double(SparseNumbers.bytesPerNumber)))
      }
    }

    private func column(_ name: String, _ builder: ColumnBuilder, rowCount: Double) -> Column {
      let rows = Double(max(1, part.rowCount))
      switch builder.kind {
      case .text:
        return Column(name: name, kind: .text, bytesPerRow: Self.bytes(of: builder.texts, perRow: rows))
      case .level:
        return categorical(name, builder, rows: rows, rowCount: rowCount)
      case .number, .time, .skipped, .sparse:
        // A numeric column with words at its beginning is read again as categorical.
        guard builder.misfitCount == 0 else {
          return Column(name: name, kind: .categorical(levelCount: 2), bytesPerRow: 4)
        }
        let (bytes, isByte) =
          switch builder.storage {
          case .bytes: (1.0, true)
          case .shorts: (2.0, false)
          case .integers: (4.0, false)
          case .doubles: (8.0, false)
          }
        return Column(name: name, kind: .number(isByte: isByte), bytesPerRow: bytes)
      }
    }

    private func categorical(_ name: String, _ builder: ColumnBuilder, rows: Double, rowCount: Double) -> Column {
      let share = Double(builder.levels.count) / rows
      let levels =
        share > growingShare ? share * max(rowCount, rows) : Double(builder.levels.count)
      let levelBytes = Self.bytes(of: builder.levels, perRow: Double(max(1, builder.levels.count)))
      guard share <= textShare || part.rowCount < 2 else {
        return Column(name: name, kind: .text, bytesPerRow: 4 + levelBytes)
      }
      return Column(
        name: name, kind: .categorical(levelCount: levels),
        bytesPerRow: 4 + levelBytes * levels / max(1, rowCount))
    }

    private static func bytes(of texts: [String], perRow rows: Double) -> Double {
      texts.reduce(0) { sum, text in
        let length = Double(text.utf8.count)
        return sum + textBytes + (length > inlineTextBytes ? heapBytes + length : 0)
      } / rows
    }
  }
}
