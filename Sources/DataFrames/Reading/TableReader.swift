/// Reads a table into typed columns, with several threads.
///
/// Types are guessed from the first lines. If a column of numbers or times later turns out to hold
/// words, it is read again as categorical, unless the job declared it or a majority decides. The
/// result does not depend on the number of threads.
struct TableReader {
  /// A long column with a larger fraction of distinct values is text, not categorical.
  private static let textShare = 0.95
  private static let textMinimumRows = 200

  let path: String
  let options: ReadOptions

  /// Reads the whole text.
  func read(_ blocks: TextBlocks) throws(FrameError) -> Frame {
    let format = try format(blocks, for: .frame)
    var kinds = format.kinds
    while true {
      let parts = try read(blocks, format: format, kinds: kinds)
      let misfits = kinds.indices.filter { column in
        kinds[column] != .sparse && parts.contains { $0.builders[column].misfitCount > 0 }
      }
      let surprising = misfits.filter {
        options.kind(of: format.names[$0]) == nil && !format.declaresTypes && options.rules.types == .allMustFit
      }
      guard !surprising.isEmpty else {
        let isEmpty = !parts.contains { $0.rowCount > 0 }
        // H2O refuses a table of a header without rows; here it is a table, and training refuses it.
        guard !isEmpty || (options.rules.types == .allMustFit && !parts.isEmpty) else { throw .empty(path: path) }
        return try frame(parts, format: format, kinds: kinds)
      }
      for column in surprising { kinds[column] = .level }
      blocks.rewind()
    }
  }

  /// Recognises the format of the text.
  func format(_ blocks: TextBlocks, for purpose: TextBeginning.Purpose) throws(FrameError) -> any TextFormat {
    let head = try blocks.head()
    guard head.count > 0 else { throw .empty(path: path) }
    // A stated separator makes any text a table, and H2O's rules do.
    if options.separator == nil, options.rules.types == .allMustFit,
      let refusal = ForeignText.refusal(of: head.bytes, path: path)
    {
      throw refusal
    }
    return try TableFormats.text(
      TextBeginning(bytes: head.bytes, path: path, options: options, purpose: purpose, blocks: blocks))
  }

  /// Reads the columns of all blocks, in order.
  private func read(
    _ blocks: TextBlocks, format: any TextFormat, kinds: [ColumnBuilder.Kind]
  ) throws(FrameError) -> [BlockColumns] {
    let parser = format.parser(kinds: kinds, options: options)
    let line = BlockLine(threads: options.threads)
    var index = 0
    while let block = try blocks.next(format.recordEnds) {
      let isFirst = index == 0
      line.add { parser.read(block, isFirst: isFirst) }
      index += 1
    }
    let parts = line.finish()
    try check(parts)
    return parts
  }

  /// - Throws: The error of the first unreadable line, counted from `linesBefore`.
  func check(_ parts: [BlockColumns], linesBefore: Int = 0) throws(FrameError) {
    var lines = linesBefore
    for part in parts {
      switch part.fault {
      case .malformed(let line, let found, let expected):
        throw .malformed(path: path, line: lines + line, found: found, expected: expected)
      case .unclosedQuote(let line): throw .unclosedQuote(path: path, line: lines + line)
      case .outOfMemory(let byteCount): throw .outOfMemory(path: path, byteCount: byteCount)
      case nil: lines += part.lineCount
      }
    }
  }

  /// Builds the table from its parts.
  ///
  /// Fields that do not fit their declared type and lines with too many fields are counted. Beyond
  /// the limit they are refused, otherwise they produce a warning.
  func frame(
    _ parts: [BlockColumns], format: any TextFormat, kinds: [ColumnBuilder.Kind], linesBefore: Int = 0
  ) throws(FrameError) -> Frame {
    let names = format.names
    // The first piece of a table carries what was noticed at its beginning.
    var warnings = linesBefore == 0 ? format.warnings : []
    func judge(_ count: Int, _ error: FrameError?, _ consequence: String, limit: Int) throws(FrameError) {
      guard let error else { return }
      guard count <= limit else { throw error }
      warnings.append("\(error); \(consequence)")
    }
    let bad = BadFields(parts, linesBefore: linesBefore)
    try judge(
      bad.longLines,
      bad.firstLongLine.map {
        .tooManyFields(path: path, line: $0, expected: names.count, count: bad.longLines)
      }, "the extra fields of these lines are ignored", limit: options.maximumBadFields)
    try judge(
      bad.strayTexts,
      bad.firstStrayText.map { .strayText(path: path, line: $0, count: bad.strayTexts) },
      "the text behind the quotes becomes part of these fields", limit: options.maximumBadFields)
    for column in kinds.indices where kinds[column] != .sparse {
      try judge(
        bad.misfits(column),
        bad.firstMisfit(column).map {
          .notANumber(
            path: path, column: names[column], line: $0.line, found: String($0.text.prefix(40)),
            count: bad.misfits(column), isTime: kinds[column] == .time)
        }, "these fields count as missing",
        limit: options.takesMisfits(names[column]) ? .max : options.maximumBadFields)
    }
    warnings += bad.remarks(path: path, expected: names.count)
    let sparse = SparseAssembly(parts, columnCount: kinds.count)
    let columns = names.indices.filter { kinds[$0] != .skipped }.map { index in
      if kinds[index] == .sparse {
        return Column(name: names[index], values: sparse.values(index), missing: RowSet())
      }
      let column = ColumnAssembly.column(parts, index, name: names[index], options: options)
      let present = column.rowCount - column.missing.count
      let isGuessed = options.kind(of: names[index]) == nil && options.rules.types == .allMustFit
      let isText =
        isGuessed && present > Self.textMinimumRows
        && Double(column.levels?.count ?? 0) > Self.textShare * Double(present)
      return isText ? asText(column) : column
    }
    return Frame(
      path: path, columns: columns, warnings: warnings, isOpenEnded: kinds.contains(.sparse),
      layout: format.layout)
  }

  private func asText(_ column: Column) -> Column {
    let texts = (0..<column.rowCount).map { column.text(at: $0) ?? "" }
    return Column(name: column.name, values: .text(texts), missing: column.missing)
  }
}

extension ColumnBuilder.Kind {
  init(_ type: ColumnType) {
    switch type {
    case .categorical: self = .level
    case .number: self = .number
    case .time: self = .time
    case .text: self = .text
    }
  }
}
