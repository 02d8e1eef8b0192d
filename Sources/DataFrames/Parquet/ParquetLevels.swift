/// The texts of a column over all row groups, which become levels, texts, numbers or times.
struct ParquetLevels {
  /// The texts that are looked at to see whether they are numbers.
  private static let sampledTexts = 1000

  private let name: String
  private let path: String
  private let options: ReadOptions
  /// The texts that some row holds.
  private let table: LevelTable
  /// By row; the codes of missing rows have no meaning.
  private let codes: [Int32]
  private let missing: RowSet

  init(_ parts: [LevelStore], missing: RowSet, name: String, path: String, options: ReadOptions) {
    (self.name, self.path, self.options) = (name, path, options)
    let words = options.missingWords.map { _ in options.missingFields(isLevel: true) }
    if words == nil, parts.count == 1 {
      (table, codes, self.missing) = (parts[0].table, parts[0].codes, missing)
      return
    }
    let table = LevelTable()
    var codes: [Int32] = []
    codes.reserveCapacity(parts.reduce(0) { $0 + $1.codes.count })
    var allMissing = missing
    for part in parts {
      let first = codes.count
      // Texts that the job declares missing get no code.
      let merged = (0..<part.table.count).map { index -> Int32 in
        words?.contains(part.table.string(index)) == true ? -1 : table.code(of: index, in: part.table)
      }
      // Without any text, all rows are missing.
      if merged.isEmpty { codes += part.codes } else { for code in part.codes { codes.append(merged[Int(code)]) } }
      guard merged.contains(-1) else { continue }
      for row in first..<codes.count where codes[row] < 0 {
        allMissing.insert(row)
        codes[row] = 0
      }
    }
    (self.table, self.codes, self.missing) = (table, codes, allMissing)
  }

  /// Returns the column as the given kind; nil leaves the choice between levels and text.
  func column(_ kind: ColumnBuilder.Kind?, warnings: inout [String]) throws(FrameError) -> Column {
    switch kind {
    case .level: return Column(name: name, values: levels, missing: missing)
    case .number, .time, .sparse: return try numbers(isTime: kind == .time, warnings: &warnings)
    case .text, .skipped: return Column(name: name, values: texts, missing: missing)
    case nil:
      let isText = LevelMerge.isText(table.count, of: codes.count - missing.count)
      return Column(name: name, values: isText ? texts : levels, missing: missing)
    }
  }

  /// The type that the texts of a column spell, for which the file declares text; nil for words.
  var spelledType: ColumnType? {
    Self.spelledType((0..<min(table.count, Self.sampledTexts)).map { table.string($0) })
  }

  /// Returns the type that the first texts of a column spell; nil for words.
  static func spelledType(_ texts: PackedText, missing: RowSet) -> ColumnType? {
    let rows = (0..<texts.count).lazy.filter { !missing.contains($0) }.prefix(sampledTexts)
    return spelledType(rows.map { texts[$0] })
  }

  private static func spelledType(_ sample: [String]) -> ColumnType? {
    guard !sample.isEmpty else { return nil }
    func suffices(_ isTime: Bool) -> Bool {
      let count = sample.count { number($0, isTime: isTime) != nil }
      return Double(count) >= FieldEvidence.requiredShare * Double(sample.count)
    }
    return suffices(false) ? .number : suffices(true) ? .time : nil
  }

  private var texts: Column.Values {
    var texts = PackedText()
    texts.reserveCapacity(texts: codes.count, bytes: table.byteCount)
    for row in codes.indices {
      missing.contains(row) ? texts.append("") : texts.append(table.text(Int(codes[row])))
    }
    return .packed(texts)
  }

  private var levels: Column.Values {
    let (levels, places) = SortedLevels.of(
      table, renames: options.renamedLevels[name], order: options.rules.levelOrder)
    return .coded(places.isEmpty ? LevelCodes(codes) : LevelCodes(codes, places: places), levels: levels)
  }

  /// Parses each distinct text once.
  private func numbers(isTime: Bool, warnings: inout [String]) throws(FrameError) -> Column {
    let words = options.missingFields(isLevel: false)
    var numbers = [Double](repeating: .nan, count: table.count)
    var isMisfit = [Bool](repeating: false, count: table.count)
    for code in 0..<table.count {
      let text = table.string(code)
      guard !words.contains(text) else { continue }
      if let number = Self.number(text, isTime: isTime) { numbers[code] = number } else { isMisfit[code] = true }
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
        path: path, column: name, line: first + 1, found: String(table.string(Int(codes[first])).prefix(40)),
        count: misfits, isTime: isTime)
      guard options.takesMisfits(name) || misfits <= options.maximumBadFields else { throw error }
      warnings.append("\(error); these fields count as missing")
    }
    return Column(
      name: name, values: isTime ? .doubles(values) : NumberWidth(holding: values).values(values), missing: missing,
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
