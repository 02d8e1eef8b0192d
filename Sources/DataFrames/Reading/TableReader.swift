internal import Threads

/// Reads a table into typed columns, with several threads.
///
/// Types and notations are guessed from the first lines and settled by all fields (``TypeJudge``);
/// columns that turn out otherwise are read again. The result does not depend on the number of threads.
struct TableReader {
  let path: String
  let options: ReadOptions

  /// Reads the whole text.
  func read(_ blocks: TextBlocks) throws(FrameError) -> Frame {
    let format = try format(blocks, for: .frame)
    let plan = try TypePlan(try blocks.head(), format: format, path: path, options: options)
    var judge = TypeJudge(plan, format: format, options: options)
    let file = try options.scratch?.file(for: path)
    let parts = try read(blocks, format: format, plans: plan.plans, file)
    let isEmpty = !parts.contains { $0.rowCount > 0 }
    // H2O refuses a table of a header without rows; here it is a table, and training refuses it.
    guard !isEmpty || (options.rules.types == .byEvidence && !parts.isEmpty) else { throw .empty(path: path) }
    while true {
      let changes = judge.changes(parts)
      file?.forgetAll()
      guard !changes.isEmpty else { break }
      blocks.rewind()
      try read(blocks, format: format, again: changes, into: parts, file)
    }
    return try frame(parts, format: format, plan: plan, judge: judge, partsFile: file)
  }

  /// Recognises the format of the text.
  func format(_ blocks: TextBlocks, for purpose: TextBeginning.Purpose) throws(FrameError) -> any TextFormat {
    let head = try blocks.head()
    guard head.count > 0 else { throw .empty(path: path) }
    return try TableFormats.text(
      TextBeginning(bytes: head.bytes, path: path, options: options, purpose: purpose, blocks: blocks))
  }

  /// Reads the columns of all blocks, in order.
  ///
  /// `file`: Keeps numbers and levels; nil for memory.
  private func read(
    _ blocks: TextBlocks, format: any TextFormat, plans: [ColumnPlan], _ file: ScratchFile?
  ) throws(FrameError) -> [BlockColumns] {
    let parser = format.parser(plans: plans, options: options)
    let line = BlockLine(threads: options.threads)
    var index = 0
    while let block = try blocks.next(format.recordEnds) {
      let isFirst = index == 0
      line.add {
        let part = parser.read(block, isFirst: isFirst)
        if let file { part.move(to: file) }
        return part
      }
      index += 1
    }
    let parts = line.finish()
    try check(parts)
    return parts
  }

  /// Reads some columns again, according to `changes`, into the parts of the first reading.
  private func read(
    _ blocks: TextBlocks, format: any TextFormat, again changes: [Int: ColumnPlan], into parts: [BlockColumns],
    _ file: ScratchFile?
  ) throws(FrameError) {
    let plans = format.names.indices.map { changes[$0] ?? ColumnPlan(kind: .skipped, form: FieldForm()) }
    let again = try read(blocks, format: format, plans: plans, file)
    guard again.map(\.rowCount) == parts.map(\.rowCount) else {
      throw .unreadable(path: path, reason: "it changed while it was read")
    }
    for (part, other) in zip(parts, again) {
      for column in changes.keys { part.take(column, from: other) }
    }
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
      case .scratch(let error): throw error
      case nil: lines += part.lineCount
      }
    }
  }

  /// Builds the table from its parts.
  ///
  /// Fields that do not fit their declared type and lines with too many fields are counted. Beyond
  /// the limit they are refused, otherwise they produce a warning.
  ///
  /// - `judge`: The judge of the types; nil if rows are read as they come, with known types.
  /// - `partsFile`: The file that has the values of the parts; then another will have those of the columns.
  func frame(
    _ parts: [BlockColumns], format: any TextFormat, plan: TypePlan, linesBefore: Int = 0, judge: TypeJudge? = nil,
    partsFile: ScratchFile? = nil
  ) throws(FrameError) -> Frame {
    let file = partsFile == nil ? nil : try options.scratch?.file(for: path)
    let names = format.names
    let plans = judge?.plans ?? plan.plans
    // The first piece of a table carries what was noticed at its beginning.
    var warnings = linesBefore == 0 ? format.warnings + encodingWarnings(format.layout) : []
    warnings += try lineWarnings(
      parts, columnCount: names.count, linesBefore: linesBefore,
      cause: format.layout.contradictions.first)
    let merges = judge?.merges ?? [:]
    let guessed = names.indices.map { judge?.isGuessed($0) ?? false }
    let sentences = names.indices.map { index in
      sentence(
        parts, index, format: format, plan: plans[index], merge: merges[index], linesBefore: linesBefore, judge: judge,
        areMonths: plan.samples.indices.contains(index) && plan.samples[index].areMonths)
    }
    let contradicted = contradictedNumbers(sentences, samples: plan.samples)
    var faults: [FrameError] = []
    for index in names.indices where plans[index].kind != .sparse {
      do throws(FrameError) {
        let warning = try misfitWarning(sentences[index], format: format)
        let isContradicted = contradicted.contains { $0.columns.contains(names[index]) }
        if let warning, !isContradicted { warnings.append(warning) }
      } catch {
        // One sentence about the stated notation stands for all columns that do not have it.
        let cause = contradicted.first { $0.columns.contains(names[index]) }
        let fault = cause.map { FrameError.contradicted(path: path, $0) } ?? error
        if !faults.contains(fault) { faults.append(fault) }
      }
      if options.rules.fields == .exact, !options.unusedColumns.contains(names[index]) {
        warnings += sentences[index].warnings(isGuessed: guessed[index])
      }
    }
    if let fault = FrameError.joined(faults) { throw fault }
    // Further rows of a stream repeat what the first ones have shown.
    if linesBefore == 0 {
      warnings += (format.layout.contradictions + contradicted).map { "'\(path)': \($0.sentence)" }
    }
    if options.rules.fields == .exact { warnings += TypeSentence.numberContradictions(sentences) }
    if linesBefore == 0, let doubt = doubt(parts, sentences, format: format, plan: plan) {
      warnings.append("'\(path)': \(doubt.sentence(options.keyPlace))")
    }
    let sparse = SparseAssembly(parts, columnCount: plans.count)
    let wanted = names.indices.filter { plans[$0].kind != .skipped }
    let options = options
    let outcomes = ParallelLoop.map(wanted.count, threads: options.threads) { place -> Result<Column, FrameError> in
      let index = wanted[place]
      guard plans[index].kind != .sparse else {
        return .success(Column(name: names[index], values: sparse.values(index), missing: RowSet()))
      }
      var merge = merges[index]
      if merge == nil, plans[index].kind == .level { merge = LevelMerge(parts, index, mayBeText: false) }
      let column = ColumnAssembly(parts, index, name: names[index], options: options)
        .column(merge, isText: sentences[index].isText)
      guard let file else { return .success(column) }
      partsFile?.forgetAll()
      return Result { () throws(FrameError) in try column.stored(in: file) }
    }
    let columns = try outcomes.map { outcome throws(FrameError) in try outcome.get() }
    var layout = format.layout
    layout.codes = Set(wanted.filter { guessed[$0] && sentences[$0].holdsCodes }.map { names[$0] })
    for (index, sentence) in sentences.enumerated() where sentence.unitSentence != nil {
      layout.units[names[index]] = sentence.units?.units.joined(separator: ", ")
    }
    layout.contradictions += contradicted
    let notations = notations(columns, wanted, sentences)
    if options.rules.types == .byEvidence { layout.notation = notation(columns, notations, format: format) }
    layout.decimalMark = decimalMark(notations, format: format)
    return Frame(
      path: path, columns: columns, warnings: warnings, isOpenEnded: plans.contains { $0.kind == .sparse },
      layout: layout, typeReasons: reasons(sentences, wanted, format: format, judge: judge),
      unreadNames: names.indices.filter { plans[$0].kind == .skipped }.map { names[$0] })
  }

  /// Returns the warning about an encoding that is a guess by the words of the text.
  private func encodingWarnings(_ layout: TableLayout) -> [String] {
    guard let encoding = layout.encoding, encoding == .macRoman || encoding == .codePage850 else { return [] }
    return [
      "'\(path)': is not UTF-8; its letters are read as \(encoding.rawValue), an encoding of "
        + "\(encoding == .macRoman ? "Macintosh" : "MS-DOS") programs; save the file as UTF-8 if they are wrong"
    ]
  }

  /// Returns the reason for the type of each column.
  private func reasons(
    _ sentences: [TypeSentence], _ wanted: [Int], format: any TextFormat, judge: TypeJudge?
  ) -> [String: String] {
    var reasons: [String: String] = [:]
    for index in wanted where sentences[index].plan.kind != .sparse {
      let name = format.names[index]
      reasons[name] =
        if options.knownTypes[name] != nil {
          "as in the model or the training table"
        } else if options.columnTypes[name] != nil {
          "declared in column_types"
        } else if options.dateFormats[name] != nil {
          "declared in date_format"
        } else if format.declaresTypes {
          "declared in the file"
        } else if options.rules.types == .byMajority {
          "the type of most fields at the beginning"
        } else {
          sentences[index].reason
        }
    }
    return reasons
  }

  private func sentence(
    _ parts: [BlockColumns], _ index: Int, format: any TextFormat, plan: ColumnPlan, merge: LevelMerge?,
    linesBefore: Int, judge: TypeJudge?, areMonths: Bool
  ) -> TypeSentence {
    var notes = FieldNotes()
    var (lines, missing) = (linesBefore, 0)
    for part in parts {
      notes.add(part.builders[index].notes, linesBefore: lines)
      missing += part.builders[index].missing.count
      lines += part.lineCount
    }
    let majority = judge?.majority(index)
    let isText = merge.map { $0.table == nil || $0.areIdentifiers(parts, index) } ?? false
    return TypeSentence(
      path: path, name: format.names[index], plan: plan, notes: notes, rowCount: parts.reduce(0) { $0 + $1.rowCount },
      missing: missing, distinct: merge?.distinct ?? 0, isText: isText,
      oddLevel: options.missingWords == nil ? merge?.table.flatMap(OddLevels.find) : nil,
      replacedWord: merge?.table.flatMap { options.replacedWord($0, amongNumbers: majority != nil) },
      majority: majority, areMonths: areMonths, separatesAtCommas: format.separatorByte == UInt8(ascii: ","),
      isContinuation: linesBefore > 0, unfit: judge?.unfit(index), units: judge?.units(index),
      isTypeFixed: options.knownTypes[format.names[index]] != nil, keys: options.keyPlace,
      known: known(format.names[index]))
  }

  /// Returns the notation of a column in another table, as far as these options leave it open.
  private func known(_ name: String) -> (ColumnNotation, String)? {
    guard var notation = options.knownNotations[name] else { return nil }
    if options.statedNumbers != nil { notation.decimalMark = nil }
    return (notation, options.notationSource)
  }

  /// Returns the warning about fields that do not fit the type of a column.
  ///
  /// - Throws: ``FrameError/notANumber(path:column:line:found:count:isTime:isFixed:)`` if there are too many.
  private func misfitWarning(_ sentence: TypeSentence, format: any TextFormat) throws(FrameError) -> String? {
    let misfits = sentence.notes.misfits
    guard let found = misfits.first else { return nil }
    let error = FrameError.notANumber(
      path: path, column: sentence.name, line: found.line, found: String(found.text.prefix(40)), count: misfits.count,
      isTime: sentence.plan.kind == .time, isFixed: sentence.isTypeFixed)
    let isDeclared =
      options.columnTypes[sentence.name] != nil || options.dateFormats[sentence.name] != nil || format.declaresTypes
    if options.rules.types == .byEvidence, !isDeclared, sentence.isTolerable { return sentence.misfitWarning }
    guard misfits.count <= (options.takesMisfits(sentence.name) ? .max : options.maximumBadFields) else { throw error }
    return "\(error.description(for: options.keyPlace)); these fields count as missing"
  }

  private func lineWarnings(
    _ parts: [BlockColumns], columnCount: Int, linesBefore: Int, cause: ContradictedKey?
  ) throws(FrameError) -> [String] {
    var warnings: [String] = []
    func judge(_ count: Int, _ error: FrameError?, _ consequence: String) throws(FrameError) {
      guard let error else { return }
      guard count <= options.maximumBadFields else { throw cause.map { .contradicted(path: path, $0) } ?? error }
      warnings.append("\(error.description(for: options.keyPlace)); \(consequence)")
    }
    let bad = BadFields(parts, linesBefore: linesBefore)
    try judge(
      bad.longLines,
      bad.firstLongLine.map {
        .tooManyFields(path: path, line: $0, expected: columnCount, count: bad.longLines)
      }, "the extra fields of these lines are ignored")
    try judge(
      bad.strayTexts,
      bad.firstStrayText.map { .strayText(path: path, line: $0, count: bad.strayTexts) },
      "the text behind the quotes becomes part of these fields")
    return warnings + bad.remarks(path: path, expected: columnCount, keys: options.keyPlace)
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
