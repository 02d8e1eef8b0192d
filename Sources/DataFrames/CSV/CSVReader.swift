internal import JobFiles

/// Reads a CSV file into typed columns, with several threads.
///
/// Types are guessed from the first lines. A column of numbers that later turns out to hold words is read again as
/// categorical, unless the job declared it to be numeric. What is read does not depend on the number of threads.
struct CSVReader {
  /// Beyond this share of distinct values a long column of words is text, not a category.
  private static let textShare = 0.95
  private static let textMinimumRows = 200
  private static let binarySampleBytes = 1 << 16

  let path: String
  let options: ReadOptions

  /// The table that `source` holds.
  func read(_ source: ByteSource) throws(FrameError) -> Frame {
    let blocks = TextBlocks(source)
    let dialect = try dialect(blocks)
    var kinds = dialect.kinds
    while true {
      let parts = try read(blocks, dialect: dialect, kinds: kinds)
      let misfits = kinds.indices.filter { column in parts.contains { $0.builders[column].misfitCount > 0 } }
      guard !misfits.isEmpty else {
        guard parts.contains(where: { $0.rowCount > 0 }) else { throw .empty(path: path) }
        return frame(parts, names: dialect.names)
      }
      for column in misfits {
        try refuseIfDeclared(parts, column, name: dialect.names[column])
        kinds[column] = .level
      }
      blocks.rewind()
    }
  }

  private func dialect(_ blocks: TextBlocks) throws(FrameError) -> CSVDialect {
    let head = try blocks.head()
    guard head.count > 0 else { throw .empty(path: path) }
    if let offset = head.bytes.prefix(Self.binarySampleBytes).firstIndex(of: 0) {
      throw .binary(path: path, offset: offset)
    }
    return try CSVDialect(head.bytes, path: path, options: options)
  }

  /// The columns of all blocks, in order.
  private func read(
    _ blocks: TextBlocks, dialect: CSVDialect, kinds: [ColumnBuilder.Kind]
  ) throws(FrameError) -> [BlockColumns] {
    let reader = BlockReader(
      kinds: kinds, separator: dialect.separator, missing: MissingFields(options.naStrings))
    let line = BlockLine(threads: options.threads)
    var index = 0
    while let block = try blocks.next(separator: dialect.separator) {
      let hasHeader = index == 0 && dialect.hasHeader
      line.add { reader.read(block, hasHeader: hasHeader) }
      index += 1
    }
    let parts = line.finish()
    var lines = 0
    for part in parts {
      switch part.fault {
      case .tooManyFields(let line):
        throw .tooManyFields(path: path, line: lines + line, expected: dialect.names.count)
      case .unclosedQuote(let line): throw .unclosedQuote(path: path, line: lines + line)
      case .outOfMemory(let byteCount): throw .outOfMemory(path: path, byteCount: byteCount)
      case nil: lines += part.lineCount
      }
    }
    return parts
  }

  private func refuseIfDeclared(_ parts: [BlockColumns], _ column: Int, name: String) throws(FrameError) {
    guard options.columnTypes[name] != nil else { return }
    var lines = 0
    let count = parts.reduce(0) { $0 + $1.builders[column].misfitCount }
    for part in parts {
      if let first = part.builders[column].firstMisfit {
        throw .notANumber(
          path: path, column: name, line: lines + first.line, found: String(first.text.prefix(40)), count: count)
      }
      lines += part.lineCount
    }
  }

  private func frame(_ parts: [BlockColumns], names: [String]) -> Frame {
    var warnings: [String] = []
    let shortLines = parts.reduce(0) { $0 + $1.shortLines }
    if shortLines > 0 {
      warnings.append("'\(path)': \(shortLines) lines have too few fields; the rest counts as missing")
    }
    let columns = names.indices.map { index in
      let column = ColumnAssembly.column(parts, index, name: names[index], renames: options.renamedLevels[names[index]])
      let present = column.rowCount - column.missing.count
      let isGuessed = options.columnTypes[names[index]] == nil
      let isText =
        isGuessed && present > Self.textMinimumRows
        && Double(column.levels?.count ?? 0) > Self.textShare * Double(present)
      return isText ? asText(column) : column
    }
    return Frame(path: path, columns: columns, warnings: warnings)
  }

  private func asText(_ column: Column) -> Column {
    let texts = (0..<column.rowCount).map { column.text(at: $0) ?? "" }
    return Column(name: column.name, values: .text(texts), missing: column.missing)
  }
}

extension ColumnBuilder.Kind {
  init(_ type: ColumnTypeChoice) {
    switch type {
    case .enumeration: self = .level
    case .real, .int, .time: self = .number
    case .string: self = .text
    }
  }
}
