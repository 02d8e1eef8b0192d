/// The texts of a column over all row groups, which become levels, texts, numbers or times.
struct ParquetLevels {
  /// A long column with a larger fraction of distinct values is text, not categorical.
  private static let textShare = 0.95
  private static let textMinimumRows = 200

  private let name: String
  private let path: String
  private let options: ReadOptions
  private let table = DistinctTexts()
  private var codes: [Int32] = []
  private var missing: RowSet

  init(_ parts: [LevelStore], missing: RowSet, name: String, path: String, options: ReadOptions) {
    (self.name, self.path, self.options, self.missing) = (name, path, options, missing)
    codes.reserveCapacity(parts.reduce(0) { $0 + $1.codes.count })
    for part in parts {
      let merged = (0..<part.table.count).map { table.code(of: $0, in: part.table) }
      // Without any text, the codes belong to missing rows.
      codes += merged.isEmpty ? part.codes : part.codes.map { merged[Int($0)] }
    }
    removeMissingWords()
  }

  /// Makes the texts that the job declares missing so.
  private mutating func removeMissingWords() {
    guard options.missingWords != nil else { return }
    let words = options.missingFields(isLevel: true)
    let isMissing = (0..<table.count).map { words.contains(table.string($0)) }
    guard isMissing.contains(true) else { return }
    for row in codes.indices where isMissing[Int(codes[row])] { missing.insert(row) }
  }

  /// Returns the column as the given kind; nil leaves the choice between levels and text.
  func column(_ kind: ColumnBuilder.Kind?, warnings: inout [String]) throws(FrameError) -> Column {
    switch kind {
    case .level: return Column(name: name, values: levels, missing: missing)
    case .number, .time, .sparse: return try numbers(isTime: kind == .time, warnings: &warnings)
    case .text, .skipped: return Column(name: name, values: texts, missing: missing)
    case nil:
      let present = codes.count - missing.count
      let isText =
        present > Self.textMinimumRows && Double(table.count) > Self.textShare * Double(present)
      return Column(name: name, values: isText ? texts : levels, missing: missing)
    }
  }

  private var texts: Column.Values {
    let strings = (0..<table.count).map(table.string)
    return .text(codes.indices.map { missing.contains($0) ? "" : strings[Int(codes[$0])] })
  }

  private var levels: Column.Values {
    var isUsed = [Bool](repeating: false, count: table.count)
    for row in codes.indices where !missing.contains(row) { isUsed[Int(codes[row])] = true }
    let renames = options.renamedLevels[name] ?? [:]
    let named = (0..<table.count).map { renames[table.string($0)] ?? table.string($0) }
    let levels = options.rules.levelOrder.sorted(
      Array(Set(zip(named, isUsed).filter(\.1).map(\.0))))
    let rank = Dictionary(uniqueKeysWithValues: levels.enumerated().map { ($1, Int32($0)) })
    let ranks = named.map { rank[$0] ?? 0 }
    return .categorical(ranks.isEmpty ? codes : codes.map { ranks[Int($0)] }, levels: levels)
  }

  /// Parses each distinct text once.
  private func numbers(isTime: Bool, warnings: inout [String]) throws(FrameError) -> Column {
    let words = options.missingFields(isLevel: false)
    var numbers = [Double](repeating: .nan, count: table.count)
    var isMisfit = [Bool](repeating: false, count: table.count)
    for code in 0..<table.count {
      let text = table.string(code)
      guard !words.contains(text) else { continue }
      if let number = Self.number(text, isTime: isTime) {
        numbers[code] = number
      } else {
        isMisfit[code] = true
      }
    }
    var missing = missing
    var (misfits, first) = (0, 0)
    var values = [Double](repeating: 0, count: codes.count)
    for row in codes.indices where !missing.contains(row) {
      let code = Int(codes[row])
      if numbers[code].isNaN { missing.insert(row) } else { values[row] = numbers[code] }
      guard isMisfit[code] else { continue }
      if misfits == 0 { first = row }
      misfits += 1
    }
    if misfits > 0 {
      let error = FrameError.notANumber(
        path: path, column: name, line: first + 1,
        found: String(table.string(Int(codes[first])).prefix(40)),
        count: misfits, isTime: isTime)
      guard options.takesMisfits(name) || misfits <= options.maximumBadFields else { throw error }
      warnings.append("\(error); these fields count as missing")
    }
    return Column(
      name: name, values: isTime ? .doubles(values) : NumberWidth(holding: values).values(values),
      missing: missing,
      isTime: isTime)
  }

  private static func number(_ text: String, isTime: Bool) -> Double? {
    if isTime { return TimeParser.milliseconds(text) }
    var text = text
    return switch text.withUTF8({ NumberParser.parse($0, 0, $0.count) }) {
    case .integer(let integer): Double(integer)
    case .real(let real): real
    case nil: nil
    }
  }
}
