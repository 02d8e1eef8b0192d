internal import Synchronization
internal import Threads
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

  /// The result of reading a column in one row group.
  private enum Outcome: Sendable {
    case read
    /// It was the last of the column, which is joined.
    case joined(Part)
    case unreadable(FrameError)
    case unusable(FrameError)

    var part: Part? { if case .joined(let part) = self { part } else { nil } }
    var readFault: FrameError? { if case .unreadable(let error) = self { error } else { nil } }
    var joinFault: FrameError? { if case .unusable(let error) = self { error } else { nil } }
  }

  /// Returns the columns over all `groups`, whatever the number of threads.
  ///
  /// A column is joined as soon as its last row group is read, and its memory serves the next one.
  func columns(_ columns: [ParquetTable.NamedColumn], groups: Range<Int>) throws(FrameError)
    -> [Part]
  {
    let file = try options.scratch?.file(for: parquet.file.name)
    guard !groups.isEmpty else {
      var parts: [Part] = []
      for column in columns { parts.append(try part(column, [], file)) }
      return parts
    }
    let (pool, scratches) = (PagePool(), ScratchPool())
    let slots = ChunkSlots(columnCount: columns.count, groupCount: groups.count)
    let outcomes = ParallelLoop.map(columns.count * groups.count, threads: options.threads) { task -> Outcome in
      let (column, group) = (columns[task / groups.count], task % groups.count)
      let found: ChunkColumn
      do throws(FrameError) {
        found = try chunk(column, group: groups.lowerBound + group, pool, scratches)
      } catch {
        return .unreadable(error)
      }
      guard let chunks = slots.put(found, column: task / groups.count, group: group) else { return .read }
      do throws(FrameError) { return .joined(try part(column, chunks, file)) } catch { return .unusable(error) }
    }
    // The first fault in order, whatever thread met one first.
    if let error = outcomes.lazy.compactMap(\.readFault).first ?? outcomes.lazy.compactMap(\.joinFault).first {
      throw error
    }
    // The last task of a column need not be that of its last row group.
    return columns.indices.flatMap { column in
      outcomes[column * groups.count..<(column + 1) * groups.count].compactMap(\.part)
    }
  }

  private func chunk(
    _ named: ParquetTable.NamedColumn, group number: Int, _ pool: PagePool, _ scratches: ScratchPool
  ) throws(FrameError) -> ChunkColumn {
    let group = parquet.footer.groups[number]
    let reader = ChunkReader(
      file: parquet.file, dataEnd: parquet.dataEnd, column: named.column,
      chunk: group.columns[named.column.index],
      rowCount: group.rowCount, isNumeric: isNumeric(named), missingNumbers: missingNumbers,
      mayBeText: mayBeText(named), limit: limit, pool: pool, scratches: scratches)
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

  /// Joins the row groups of a column.
  ///
  /// `file`: Keeps the values of the column; nil for memory.
  private func part(
    _ named: ParquetTable.NamedColumn, _ chunks: [ChunkColumn], _ file: ScratchFile?
  ) throws(FrameError) -> Part {
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
    if wanted == nil, named.column.holdsPlainBytes {
      warnings.append(
        "\(place): holds bytes whose meaning the file does not declare; cast numbers of 128 bits to 64 bits, or skip the "
          + "column")
    }
    let column: Column
    var spelledType: ColumnType?
    if isNumeric(named) {
      let stores = chunks.compactMap {
        if case .numbers(let store) = $0.content { store } else { nil }
      }
      let isTime = wanted.map { $0 == .time } ?? (named.column.kind == .time)
      column = Column(
        name: named.name, values: NumberParts(stores.map { ($0.storage, $0.rowCount) }).values(isTime: isTime),
        missing: missing, isTime: isTime)
      let rounded = max(
        stores.reduce(0) { $0 + $1.roundedCount }, named.column.holdsWideNumbers ? column.largeNumbers : 0)
      if rounded > 0, named.column.kind != .time {
        warnings.append(
          "\(place): \(NumberText.count(rounded, "whole number")) beyond 2^53 \(rounded == 1 ? "is" : "are") rounded; "
            + "if the column identifies rows, declare it enum in column_types\(options.keyPlace.words) or skip it")
      }
    } else if let texts = texts(chunks, wanted: wanted ?? named.column.kind) {
      column = Column(name: named.name, values: .packed(texts), missing: missing)
      if wanted == nil, named.column.kind == nil { spelledType = ParquetLevels.spelledType(texts, missing: missing) }
    } else {
      let levels = ParquetLevels(
        chunks.compactMap { chunk in
          switch chunk.content {
          case .levels(let store): store
          case .texts(let store): LevelStore(store, missing: chunk.missing, pool: PagePool())
          case .numbers: nil
          }
        },
        missing: missing,
        name: named.name, path: parquet.file.name, options: options)
      column = try levels.column(wanted ?? named.column.kind, warnings: &warnings)
      if wanted == nil, named.column.kind == nil { spelledType = levels.spelledType }
    }
    let stored = try file.map { file throws(FrameError) in try column.stored(in: file) } ?? column
    return Part(
      column: stored, reason: reason(named, column, isDeclared: wanted != nil, spelledType), warnings: warnings)
  }

  /// Returns the texts of a column, if they were read as such and the column is not one of levels.
  private func texts(_ chunks: [ChunkColumn], wanted: ColumnBuilder.Kind?) -> PackedText? {
    let parts = chunks.compactMap { chunk in
      if case .texts(let store) = chunk.content { (store: store, missing: chunk.missing) } else { nil }
    }
    guard parts.count == chunks.count, !parts.isEmpty else { return nil }
    var distinct: Int?
    if wanted == nil {
      let present = parts.reduce(0) { $0 + $1.store.texts.count - $1.missing.count }
      let count = PackedText.distinctCount(of: parts.map { ($0.store.texts, $0.missing) })
      guard LevelMerge.isText(count, of: present) else { return nil }
      distinct = count
    }
    var texts = PackedText()
    for part in parts { texts.append(part.store.take()) }
    if let distinct { texts.note(distinct: distinct) }
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
          + "column_types\(options.keyPlace.words) to read them so"
      } ?? "")
  }
}

extension Column {
  /// The number of values beyond 2^53, up to which whole numbers are exact.
  fileprivate var largeNumbers: Int {
    guard case .doubles(let values) = values else { return 0 }
    return values.count { $0.magnitude >= 0x1p53 }
  }
}

/// The row groups of all columns as they are read, until those of a column are complete.
private final class ChunkSlots: Sendable {
  private struct Slots {
    var chunks: [ChunkColumn?]
    var missingCount: Int
  }

  private let columns: Mutex<[Slots]>

  init(columnCount: Int, groupCount: Int) {
    let empty = Slots(chunks: Array(repeating: nil, count: groupCount), missingCount: groupCount)
    columns = Mutex(Array(repeating: empty, count: columnCount))
  }

  /// Returns the row groups of the column, which it loses, if `chunk` was the last of them.
  func put(_ chunk: ChunkColumn, column: Int, group: Int) -> [ChunkColumn]? {
    columns.withLock { columns in
      columns[column].chunks[group] = chunk
      columns[column].missingCount -= 1
      guard columns[column].missingCount == 0 else { return nil }
      defer { columns[column].chunks = [] }
      return columns[column].chunks.compactMap { $0 }
    }
  }
}
