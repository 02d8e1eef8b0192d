/// Joins the parts of a column from all blocks.
///
/// The parts lose their values: each column is in memory twice only while it is joined.
struct ColumnAssembly {
  private let blocks: [BlockColumns]
  private let index: Int
  private let name: String
  private let options: ReadOptions
  private let rowCount: Int

  init(_ blocks: [BlockColumns], _ index: Int, name: String, options: ReadOptions) {
    self.blocks = blocks
    self.index = index
    self.name = name
    self.options = options
    rowCount = blocks.reduce(0) { $0 + $1.rowCount }
  }

  /// Returns the column.
  ///
  /// - Parameters:
  ///   - merge: The joined levels, if the column has been read as levels.
  ///   - isText: True to keep the fields of such a column as texts.
  /// - Returns: The column, in the narrowest storage that holds its values.
  func column(_ merge: LevelMerge?, isText: Bool) -> Column {
    defer { for block in blocks { block.builders[index].discard() } }
    var missing = RowSet()
    var first = 0
    for block in blocks {
      missing.insert(block.builders[index].missing, shiftedBy: first)
      first += block.rowCount
    }
    let kind = blocks.first?.builders[index].kind ?? .number
    let values: Column.Values
    switch kind {
    case .number, .time, .skipped, .sparse: values = parts.values(isTime: kind == .time)
    case .level:
      if isText || merge?.table == nil {
        values = .packed(levelTexts())
      } else if let merge, let table = merge.table {
        values = levels(table, codes: merge.codes)
      } else {
        values = .categorical([], levels: [])
      }
    case .text: values = .packed(counted(texts(), merge))
    }
    return Column(name: name, values: values, missing: missing, isTime: kind == .time)
  }

  private var parts: NumberParts { NumberParts(blocks.map { ($0.builders[index].storage, $0.rowCount) }) }

  // MARK: Texts

  /// Returns texts with the number of different ones, if it is known.
  private func counted(_ texts: PackedText, _ merge: LevelMerge?) -> PackedText {
    guard let merge else { return texts }
    var texts = texts
    texts.note(distinct: merge.distinct)
    return texts
  }

  private func texts() -> PackedText {
    var texts = PackedText()
    for block in blocks { texts.append(block.builders[index].texts) }
    return texts
  }

  /// Returns the level of each row as a text; that of a missing row is empty.
  private func levelTexts() -> PackedText {
    var texts = PackedText()
    texts.reserveCapacity(texts: rowCount, bytes: blocks.reduce(0) { $0 + ($1.builders[index].levels?.byteCount ?? 0) })
    for block in blocks {
      let builder = block.builders[index]
      guard let levels = builder.levels else { continue }
      let missing = builder.missing
      func append(_ row: Int, _ code: Int) {
        missing.contains(row) || code >= levels.count ? texts.append("") : texts.append(levels.text(code))
      }
      switch builder.storage {
      case .bytes(let codes): for row in 0..<block.rowCount { append(row, Int(codes[row])) }
      case .shorts(let codes): for row in 0..<block.rowCount { append(row, Int(codes[row])) }
      case .integers(let codes): for row in 0..<block.rowCount { append(row, Int(codes[row])) }
      case .doubles, .scaled: break
      }
    }
    return texts
  }

  // MARK: Levels

  private func levels(_ table: LevelTable, codes: [[Int32]]) -> Column.Values {
    let (levels, rank) = SortedLevels.of(table, renames: options.renamedLevels[name], order: options.rules.levelOrder)
    let ranks = codes.map { $0.map { rank[Int($0)] } }
    return .coded(
      levels.count <= 256
        ? LevelCodes(bytes: joined(ranks))
        : levels.count <= Int(Int16.max) ? LevelCodes(shorts: joined(ranks)) : LevelCodes(joined(ranks)),
      levels: levels)
  }

  private func joined<Code: FixedWidthInteger>(_ ranks: [[Int32]]) -> [Code] {
    parts.joined { block, storage, rows, target in
      let ranks = ranks[block]
      // In a block without levels, the codes of missing rows are undefined; they are never read.
      func rank(_ code: Int) -> Code { ranks.isEmpty ? 0 : Code(truncatingIfNeeded: ranks[code]) }
      switch storage {
      case .bytes(let values): for row in 0..<rows { target[row] = rank(Int(values[row])) }
      case .shorts(let values): for row in 0..<rows { target[row] = rank(Int(values[row])) }
      case .integers(let values): for row in 0..<rows { target[row] = rank(Int(values[row])) }
      case .doubles, .scaled: break
      }
    }
  }
}

/// Orders the levels of a column.
enum SortedLevels {
  /// Returns the levels in order, and the place of each text of `table` among them.
  static func of(
    _ table: LevelTable, renames: [String: String]?, order: LevelOrder
  ) -> (levels: [String], places: [Int32]) {
    let sorted = table.sorted
    let words = sorted.map { table.string(Int($0)) }
    var places = [Int32](repeating: 0, count: table.count)
    // Texts with different bytes can be the same string: in other encodings, or composed otherwise.
    let isPlain = (renames ?? [:]).isEmpty && words.allSatisfy { $0.utf8.allSatisfy { $0 < 128 } }
    let levels = isPlain ? order.sorted(words, areSorted: true) : distinct(words, renames ?? [:], order)
    if isPlain, levels == words {
      for (place, index) in sorted.enumerated() { places[Int(index)] = Int32(place) }
      return (levels, places)
    }
    let place = Dictionary(levels.enumerated().map { ($1, Int32($0)) }, uniquingKeysWith: { first, _ in first })
    for (word, index) in zip(words, sorted) { places[Int(index)] = place[renames?[word] ?? word] ?? 0 }
    return (levels, places)
  }

  private static func distinct(_ words: [String], _ renames: [String: String], _ order: LevelOrder) -> [String] {
    order.sorted(Array(Set(words.map { renames[$0] ?? $0 })))
  }
}
