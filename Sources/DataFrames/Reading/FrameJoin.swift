/// Joins several files into one table.
///
/// The first file determines the columns. A column that holds words in any file is categorical in all.
struct FrameJoin {
  let files: [(path: String, name: String)]
  let options: ReadOptions

  func frame() throws(FrameError) -> Frame {
    var options = options
    while true {
      var frames: [Frame] = []
      for file in files { frames.append(try FrameReader.readFile(file, options.following(frames.first))) }
      let widest = frames.max { $0.columns.count < $1.columns.count }?.columns.map { ($0.name, $0.type) } ?? []
      if frames.allSatisfy(\.isOpenEnded) { frames = frames.map { $0.widened(to: widest) } }
      try refuseOtherColumns(frames)
      let mixed = mixedColumns(frames)
      let notation = JoinedNotation(frames)
      let hasChanged = options.take(notation)
      guard !mixed.isEmpty || hasChanged else { return try joined(frames, notation) }
      for (name, type) in mixed { options.knownTypes[name] = type }
    }
  }

  private func refuseOtherColumns(_ frames: [Frame]) throws(FrameError) {
    let first = frames[0]
    let names = Set(first.columns.map(\.name))
    for frame in frames.dropFirst() {
      let own = Set(frame.columns.map(\.name))
      if let missing = names.subtracting(own).sorted().first {
        throw .otherColumns(path: frame.path, first: first.path, problem: "has no column '\(missing)'")
      }
      if let other = own.subtracting(names).sorted().first {
        throw .otherColumns(path: frame.path, first: first.path, problem: "has a column '\(other)'")
      }
    }
  }

  /// Returns the columns whose guessed types differ, and their common type.
  ///
  /// It is text if any file has text, else categorical. A file in which the column is empty has no say.
  private func mixedColumns(_ frames: [Frame]) -> [(String, ColumnType)] {
    frames[0].columns.compactMap { column in
      let all = frames.compactMap { $0.column(named: column.name) }
      let types = Set(all.filter { $0.missing.count < $0.rowCount }.map(\.type))
      guard Set(all.map(\.type)).count > 1 else { return nil }
      if types.count == 1, let type = types.first { return (column.name, type) }
      return (column.name, types.contains(.text) ? .text : .categorical)
    }
  }

  private func joined(_ frames: [Frame], _ notation: JoinedNotation) throws(FrameError) -> Frame {
    let columns = try frames[0].columns.map { first throws(FrameError) in
      let parts = frames.compactMap { $0.column(named: first.name) }
      let column = Column.joined(parts.map(\.inMemory), order: options.rules.levelOrder)
      return try parts.first { $0.scratch != nil }.map { part throws(FrameError) in try column.stored(like: part) }
        ?? column
    }
    var layout = frames[0].layout
    layout?.notation.columns = notation.columns.mapValues(\.notation)
    return Frame(
      path: frames[0].path, columns: columns, warnings: frames.flatMap(\.warnings),
      isOpenEnded: frames.allSatisfy(\.isOpenEnded), layout: layout,
      typeReasons: frames[0].typeReasons.mapValues { "\($0), in the first of \(frames.count) files" },
      unreadNames: frames[0].unreadNames)
  }
}

extension Column {
  /// Concatenates columns in memory; all hold numbers, or all levels, or all texts.
  static func joined(_ parts: [Column], order: LevelOrder) -> Column {
    var missing = RowSet()
    var first = 0
    for part in parts {
      missing.insert(part.missing, shiftedBy: first)
      first += part.rowCount
    }
    return Column(
      name: parts[0].name, values: joinedValues(parts, order: order), missing: missing, isTime: parts[0].isTime)
  }

  private static func joinedValues(_ parts: [Column], order: LevelOrder) -> Values {
    switch parts[0].values {
    case .packed:
      var texts = PackedText()
      for part in parts { if case .packed(let values) = part.values { texts.append(values) } }
      return .packed(texts)
    case .coded:
      let levels = order.sorted(Array(Set(parts.flatMap { $0.levels ?? [] })))
      let index = Dictionary(uniqueKeysWithValues: levels.enumerated().map { ($1, Int32($0)) })
      return .categorical(
        parts.flatMap { part -> [Int32] in
          guard case .coded(let codes, let own) = part.values else { return [] }
          let renumbered = own.map { index[$0] ?? 0 }
          return codes.map { renumbered.indices.contains(Int($0)) ? renumbered[Int($0)] : 0 }
        }, levels: levels)
    case .bytes, .shorts, .integers, .doubles, .scaled, .sparse, .mapped:
      let sparse = parts.compactMap { part in
        if case .sparse(let numbers) = part.values { numbers } else { nil }
      }
      if sparse.count == parts.count { return .sparse(.joined(sparse)) }
      var (bytes, shorts, integers, doubles): ([UInt8], [Int16], [Int32], [Double]) = ([], [], [], [])
      for part in parts {
        switch part.values {
        case .bytes(let values): bytes += values
        case .shorts(let values): shorts += values
        case .integers(let values): integers += values
        case .doubles(let values): doubles += values
        case .scaled, .sparse, .coded, .packed, .mapped: break
        }
      }
      let count = parts.reduce(0) { $0 + $1.rowCount }
      if bytes.count == count { return .bytes(bytes) }
      if shorts.count == count { return .shorts(shorts) }
      if integers.count == count { return .integers(integers) }
      if doubles.count == count { return .doubles(doubles) }
      var numbers: [Double] = []
      for part in parts { part.forEachNumber { _, number in numbers.append(number.isNaN ? 0 : number) } }
      return NumberWidth(holding: numbers).values(numbers)
    }
  }
}
