/// The expected size of the columns of a Parquet file, from its footer and its dictionaries.
struct ParquetOutline {
  private static let headerBytes = 4096

  let parquet: ParquetFile
  let columns: [ParquetTable.NamedColumn]
  let options: ReadOptions

  /// Returns the columns for a table of `rowCount` rows.
  func columns(_ rowCount: Double) -> [FrameEstimate.Column] {
    columns.map { named in
      let kind = options.kind(of: named.name) ?? named.column.kind
      switch kind {
      case .number, .time, .sparse, .skipped: return number(named)
      case .level, .text, nil: return texts(named, kind, rowCount)
      }
    }
  }

  private var chunks: [ParquetFooter.RowGroup] { parquet.footer.groups.filter { $0.rowCount > 0 } }

  private func number(_ named: ParquetTable.NamedColumn) -> FrameEstimate.Column {
    let width = width(named.column)
    return FrameEstimate.Column(
      name: named.name, kind: .number(isByte: width == .bytes),
      bytesPerRow: Double(width.bytesPerRow))
  }

  /// The storage of a column of numbers, by the statistics of the file if it has any.
  private func width(_ column: ParquetColumn) -> NumberWidth {
    switch column.meaning {
    case .boolean: return .bytes
    case .null: return .bytes
    case .integer(let isSigned):
      let bounds = chunks.flatMap {
        [$0.columns[column.index].minimum, $0.columns[column.index].maximum]
      }
      guard !bounds.isEmpty, !bounds.contains(nil) else {
        return column.storage == .int32 ? .integers : .doubles
      }
      let mask = column.storage == .int32 ? UInt64(UInt32.max) : .max
      return NumberWidth(
        holding: bounds.compactMap { $0 }.map {
          isSigned ? Double(Int64(bitPattern: $0)) : Double($0 & mask)
        })
    case .real, .half, .decimal, .time, .text, .uuid: return .doubles
    }
  }

  private func texts(
    _ named: ParquetTable.NamedColumn, _ kind: ColumnBuilder.Kind?, _ rowCount: Double
  ) -> FrameEstimate.Column {
    if named.column.meaning == .boolean {
      return FrameEstimate.Column(
        name: named.name, kind: .categorical(levelCount: 2), bytesPerRow: 4)
    }
    guard let group = chunks.first else {
      return FrameEstimate.Column(
        name: named.name, kind: .categorical(levelCount: 0), bytesPerRow: 4)
    }
    let chunk = group.columns[named.column.index]
    let rows = Double(group.rowCount)
    let entries = dictionaryCount(chunk).map { min(Double($0), rows) } ?? rows
    let length = max(0, Double(chunk.unpackedBytes) / max(1, entries) - 4)
    let forecast = TextForecast(rows: rows, entries: entries, length: length)
    guard kind == .level || (kind == nil && !forecast.hasOwnTexts) else {
      return FrameEstimate.Column(name: named.name, kind: .text, bytesPerRow: 4 + forecast.bytesPerText)
    }
    return forecast.categorical(named.name, rowCount: rowCount)
  }

  /// Returns the number of entries of the dictionary of a chunk; nil if its first page is none.
  private func dictionaryCount(_ chunk: ParquetFooter.Chunk) -> Int? {
    let count = min(Self.headerBytes, parquet.dataEnd - chunk.start)
    guard chunk.start >= 4, count > 0, !chunk.isEncrypted, !chunk.isElsewhere else { return nil }
    var bytes = [UInt8](repeating: 0, count: count)
    return bytes.withUnsafeMutableBytes { target in
      guard (try? parquet.file.read(at: chunk.start, into: target)) != nil else { return nil }
      var reader = ThriftReader(UnsafeRawBufferPointer(target))
      guard let header = try? PageHeader(&reader), header.kind == .dictionary else { return nil }
      return header.valueCount
    }
  }
}
