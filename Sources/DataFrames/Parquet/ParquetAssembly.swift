internal import Synchronization
internal import Wording

/// Reads the wanted columns of row groups and joins their parts.
struct ParquetAssembly: Sendable {
  let parquet: ParquetFile
  let options: ReadOptions
  /// The most bytes of a table.
  let limit: Int

  /// A column of the table.
  struct Part {
    let column: Column
    let reason: String
    let warnings: [String]
  }

  /// Returns the columns over all `groups`, whatever the number of threads.
  func columns(_ columns: [ParquetTable.NamedColumn], groups: Range<Int>) throws(FrameError)
    -> [Part]
  {
    let pool = PagePool()
    let chunks = try results(columns.count * groups.count) { (task) throws(FrameError) in
      try chunk(columns[task / groups.count], group: groups.lowerBound + task % groups.count, pool)
    }
    let slots = ChunkSlots(chunks, columnCount: columns.count)
    return try results(columns.count) { (index) throws(FrameError) in try part(columns[index], slots.take(index)) }
  }

  /// Returns the results of independent tasks.
  ///
  /// - Throws: The error of the first task in order that throws one.
  private func results<Value: Sendable>(
    _ count: Int, _ task: @Sendable (Int) throws(FrameError) -> Value
  ) throws(FrameError) -> [Value] {
    let results = Concurrently.map(count, threads: options.threads) { number in
      Result { () throws(FrameError) in try task(number) }
    }
    var values: [Value] = []
    for result in results { values.append(try result.get()) }
    return values
  }

  private func chunk(_ named: ParquetTable.NamedColumn, group number: Int, _ pool: PagePool) throws(FrameError)
    -> ChunkColumn
  {
    let group = parquet.footer.groups[number]
    let reader = ChunkReader(
      file: parquet.file, dataEnd: parquet.dataEnd, column: named.column,
      chunk: group.columns[named.column.index],
      rowCount: group.rowCount, isNumeric: isNumeric(named), missingNumbers: missingNumbers,
      mayBeText: mayBeText(named), limit: limit, pool: pool)
    do throws(ParquetFault) {
      return try reader.read()
    } catch {
      let place =
        "column '\(named.name)'"
        + (parquet.footer.groups.count > 1 ? ", row group \(number + 1)" : "")
      throw error.error(in: parquet.file, at: place, options: options)
    }
  }

  /// Returns true for a column that is read as numbers or times; texts that the job declares numbers are parsed later.
  private func isNumeric(_ named: ParquetTable.NamedColumn) -> Bool {
    switch named.column.meaning {
    case .text, .uuid: return false
    case .boolean, .integer, .real, .half, .decimal, .time, .null:
      let kind = options.kind(of: named.name) ?? named.column.kind
      return kind != .level && kind != .text
    }
  }

  /// Returns true for a column that the job leaves open or declares text, unless some of its texts count as missing.
  private func mayBeText(_ named: ParquetTable.NamedColumn) -> Bool {
    let kind = options.kind(of: named.name) ?? named.column.kind
    return options.missingWords == nil && (kind == nil || kind == .text)
  }

  /// The numbers among the texts that the job declares missing.
  private var missingNumbers: Set<Double> {
    Set((options.missingWords ?? []).compactMap { Double($0) })
  }

  private func part(_ named: ParquetTable.NamedColumn, _ chunks: [ChunkColumn]) throws(FrameError)
    -> Part
  {
    var missing = RowSet()
    var rows = 0
    for chunk in chunks {
      missing.insert(chunk.missing, shiftedBy: rows)
      rows += chunk.rowCount
    }
    let wanted = options.kind(of: named.name)
    var warnings: [String] = []
    let infinite = chunks.reduce(0) { $0 + $1.infiniteCount }
    let place = "'\(parquet.file.name)': column '\(named.name)'"
    if infinite > 0 {
      warnings.append(
        "\(place): \(NumberText.count(infinite, "infinite number")) \(infinite == 1 ? "counts" : "count") as missing")
    }
    let column: Column
    var spelledType: ColumnType?
    if isNumeric(named) {
      let stores = chunks.compactMap {
        if case .numbers(let store) = $0.content { store } else { nil }
      }
      let rounded = stores.reduce(0) { $0 + $1.roundedCount }
      if rounded > 0, named.column.kind != .time {
        warnings.append(
          "\(place): \(NumberText.count(rounded, "whole number")) beyond 2^53 \(rounded == 1 ? "is" : "are") rounded; "
            + "if the column identifies rows, declare it enum in column_types or skip it")
      }
      let isTime = wanted.map { $0 == .time } ?? (named.column.kind == .time)
      column = Column(
        name: named.name, values: NumberParts(stores.map { ($0.storage, $0.rowCount) }).values(isTime: isTime),
        missing: missing, isTime: isTime)
    } else if let texts = texts(chunks, wanted: wanted ?? named.column.kind) {
      column = Column(name: named.name, values: .packed(texts), missing: missing)
      if wanted == nil, named.column.kind == nil { spelledType = ParquetLevels.spelledType(texts, missing: missing) }
    } else {
      let levels = ParquetLevels(
        chunks.compactMap { chunk in
          switch chunk.content {
          case .levels(let store): store
          case .texts(let store): LevelStore(store, missing: chunk.missing)
          case .numbers: nil
          }
        },
        missing: missing,
        name: named.name, path: parquet.file.name, options: options)
      column = try levels.column(wanted ?? named.column.kind, warnings: &warnings)
      if wanted == nil, named.column.kind == nil { spelledType = levels.spelledType }
    }
    return Part(
      column: column, reason: reason(named, column, isDeclared: wanted != nil, spelledType), warnings: warnings)
  }

  /// Returns the texts of a column, if they were read as such and the column is not one of levels.
  private func texts(_ chunks: [ChunkColumn], wanted: ColumnBuilder.Kind?) -> PackedText? {
    let parts = chunks.compactMap { chunk in
      if case .texts(let store) = chunk.content { (store: store, missing: chunk.missing) } else { nil }
    }
    guard parts.count == chunks.count, !parts.isEmpty else { return nil }
    if wanted == nil {
      var words = DistinctWords(expecting: parts.reduce(0) { $0 + $1.store.texts.count })
      var present = 0
      for part in parts {
        present += part.store.texts.count - part.missing.count
        part.store.texts.forEach { row, text in
          if part.missing.isEmpty || !part.missing.contains(row) { words.insert(LevelTable.hash(text)) }
        }
      }
      guard LevelMerge.isText(words.count, of: present) else { return nil }
    }
    var texts = PackedText()
    for part in parts { texts.append(part.store.take()) }
    return texts
  }

  private func reason(_ named: ParquetTable.NamedColumn, _ column: Column, isDeclared: Bool, _ spelledType: ColumnType?)
    -> String
  {
    if options.knownTypes[named.name] != nil { return "as in the model or the training table" }
    if isDeclared { return "declared in column_types; the file declares \(named.column.typeName)" }
    let isLong = named.column.kind == nil && column.holdsText
    return "declared by the file as \(named.column.typeName)"
      + (isLong ? "; nearly all values differ" : "")
      + (spelledType.map {
        "; its texts are \($0 == .time ? "times" : "numbers"), declare the column \($0 == .time ? "time" : "real") in "
          + "column_types to read them so"
      } ?? "")
  }
}

/// The chunks of all columns, each of which is taken once, so that its memory is free as soon as it is joined.
private final class ChunkSlots: Sendable {
  private let columns: Mutex<[[ChunkColumn]]>

  init(_ chunks: [ChunkColumn], columnCount: Int) {
    let perColumn = columnCount == 0 ? 0 : chunks.count / columnCount
    columns = Mutex((0..<columnCount).map { Array(chunks[$0 * perColumn..<($0 + 1) * perColumn]) })
  }

  func take(_ column: Int) -> [ChunkColumn] {
    columns.withLock { columns in
      defer { columns[column] = [] }
      return columns[column]
    }
  }
}
