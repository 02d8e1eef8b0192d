/// The texts of a column over all row groups, which become levels, texts, numbers or times.
struct ParquetLevels {
  /// The texts that are looked at to see whether they are numbers.
  private static let sampledTexts = 1000

  private let name: String
  private let path: String
  private let options: ReadOptions
  /// The texts that some row holds.
  private let table = LevelTable()
  private let parts: [Part]
  private let rowCount: Int
  private let missing: RowSet

  /// The texts of a row group.
  private struct Part {
    let store: LevelStore
    /// The number in ``table`` of each code of the store; at least one, for rows that are all missing.
    let merged: [Int32]

    /// Calls `body` with each row, counted from `first`, and its number in the table; that of a missing row has no
    /// meaning.
    @inline(__always)
    func forEachCode(from first: Int, _ body: (_ row: Int, _ code: Int) -> Void) {
      merged.withUnsafeBufferPointer { merged in
        store.forEachCode { row, code in body(first + row, Int(merged[code])) }
      }
    }
  }

  init(_ stores: [LevelStore], missing: RowSet, name: String, path: String, options: ReadOptions) {
    (self.name, self.path, self.options) = (name, path, options)
    let words = options.missingWords.map { _ in options.missingFields(isLevel: true) }
    let table = table
    var allMissing = missing
    var rows = 0
    parts = stores.map { store in
      var merged = [Int32](repeating: 0, count: max(1, store.codeCount))
      var isMissing = [Bool](repeating: false, count: words == nil ? 0 : merged.count)
      store.forEachText { code, text in
        // Texts that the job declares missing get no code.
        if let words, words.contains(CSVScanner.text(text)) {
          isMissing[code] = true
        } else {
          merged[code] = table.code(text)
        }
      }
      if isMissing.contains(true) {
        store.forEachCode { row, code in if isMissing[code] { allMissing.insert(rows + row) } }
      }
      rows += store.rowCount
      return Part(store: store, merged: merged)
    }
    (rowCount, self.missing) = (rows, allMissing)
  }

  /// Calls `body` with each row and its number in the table.
  @inline(__always)
  private func forEachCode(_ body: (_ row: Int, _ code: Int) -> Void) {
    var first = 0
    for part in parts {
      part.forEachCode(from: first, body)
      first += part.store.rowCount
    }
  }

  /// Returns the column as the given kind; nil leaves the choice between levels and text.
  func column(_ kind: ColumnBuilder.Kind?, warnings: inout [String]) throws(FrameError) -> Column {
    switch kind {
    case .level: return Column(name: name, values: levels, missing: missing)
    case .number, .time, .sparse: return try numbers(isTime: kind == .time, warnings: &warnings)
    case .text, .skipped: return Column(name: name, values: texts, missing: missing)
    case nil:
      let isText = LevelMerge.isText(table.count, of: rowCount - missing.count)
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
    texts.reserveCapacity(texts: rowCount, bytes: table.byteCount)
    forEachCode { row, code in missing.contains(row) ? texts.append("") : texts.append(table.text(code)) }
    return .packed(texts)
  }

  private var levels: Column.Values {
    let (levels, places) = SortedLevels.of(
      table, renames: options.renamedLevels[name], order: options.rules.levelOrder)
    let codes =
      switch places.max() ?? 0 {
      case ...Int32(UInt8.max): LevelCodes(bytes: joined(places))
      case ...Int32(Int16.max): LevelCodes(shorts: joined(places))
      default: LevelCodes(joined(places))
      }
    return .coded(codes, levels: levels)
  }

  /// Returns the place of each row's text.
  private func joined<Code: FixedWidthInteger & BitwiseCopyable>(_ places: [Int32]) -> [Code] {
    [Code](unsafeUninitializedCapacity: rowCount) { rows, filled in
      for part in parts {
        let first = filled
        let places = part.merged.map { places.isEmpty ? 0 : Code(truncatingIfNeeded: places[Int($0)]) }
        places.withUnsafeBufferPointer { places in
          part.store.forEachCode { row, code in rows[first + row] = places[code] }
        }
        filled += part.store.rowCount
      }
    }
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
    var values = [Double](repeating: 0, count: rowCount)
    var found = ""
    forEachCode { row, code in
      guard !missing.contains(row) else { return }
      if numbers[code].isNaN { missing.insert(row) } else { values[row] = numbers[code] }
      guard isMisfit[code] else { return }
      if misfits == 0 { (first, found) = (row, String(table.string(code).prefix(40))) }
      misfits += 1
    }
    if misfits > 0 {
      let error = FrameError.notANumber(
        path: path, column: name, line: first + 1, found: found,
        count: misfits, isTime: isTime, isFixed: options.knownTypes[name] != nil)
      guard options.takesMisfits(name) || misfits <= options.maximumBadFields else { throw error }
      warnings.append("\(error.description(for: options.keyPlace)); these fields count as missing")
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
