/// The notation of the files that form one table, settled by all of them.
struct JoinedNotation {
  /// The notation of each column that has one, and the file it comes from.
  private(set) var columns: [String: (notation: ColumnNotation, source: String)] = [:]
  /// The columns whose notation differs between the files.
  private(set) var mixed: Set<String> = []
  /// The index of the first feature of SVMLight files, and true if it differs between them.
  private(set) var indexBase: (value: Int, isMixed: Bool)?

  /// A notation that the fields of a file prove wins over a guess; of two of the same kind the first.
  init(_ frames: [Frame]) {
    for frame in frames {
      guard let own = frame.layout?.notation else { continue }
      for (name, notation) in own.columns {
        guard let known = columns[name] else {
          columns[name] = (notation, "'\(frame.path)'")
          continue
        }
        let differs =
          known.notation.dateOrder != notation.dateOrder || known.notation.decimalMark != notation.decimalMark
        if differs { mixed.insert(name) }
        var (kept, source) = known
        if notation.isCertain, !known.notation.isCertain { (kept, source) = (notation, "'\(frame.path)'") }
        let words = (known.notation.missingWords ?? []) + (notation.missingWords ?? [])
        kept.missingWords = words.isEmpty ? nil : Set(words).sorted()
        columns[name] = (kept, source)
      }
      if let base = own.indexBase {
        indexBase = (min(base, indexBase?.value ?? base), indexBase.map { $0.isMixed || $0.value != base } ?? false)
      }
    }
  }
}

extension ReadOptions {
  /// Returns the options for a further file of the table that begins with `first`.
  func following(_ first: Frame?) -> ReadOptions {
    guard rules.types == .byEvidence, header == nil, columnNames.isEmpty, let first, let layout = first.layout,
      layout.format.columnNames == .optional
    else { return self }
    var options = self
    if layout.hasHeader {
      options.headerNames = Set(first.columns.map(\.name))
    } else {
      options.header = false
    }
    return options
  }

  /// Takes the notation of columns that differ between files; returns true if another reading is needed.
  mutating func take(_ joined: JoinedNotation) -> Bool {
    guard rules.types == .byEvidence else { return false }
    var hasChanged = false
    for name in joined.mixed where knownNotations[name] == nil {
      guard let (notation, source) = joined.columns[name] else { continue }
      knownNotations[name] = notation
      notationSource = source
      hasChanged = true
    }
    if indexBase == nil, let base = joined.indexBase, base.isMixed {
      indexBase = base.value
      hasChanged = true
    }
    return hasChanged
  }
}
