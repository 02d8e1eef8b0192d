/// The plans for all columns of a table, from its beginning.
struct TypePlan {
  private static let sampleLines = 1000
  private static let sampleBytes = 1 << 20

  let plans: [ColumnPlan]
  /// The fields of the sample, by column; empty if nothing is guessed.
  let samples: [FieldEvidence]
  /// The stated formats of times, by column.
  let dateFormats: [DateFormat?]
  /// True if a comma may be a decimal mark.
  let allowsComma: Bool

  /// Guesses what `options` leaves open.
  ///
  /// `head` is the beginning of the text; `isWhole` is true to look at all of it, for texts that cannot be read twice.
  ///
  /// - Throws: ``FrameError/unusable(path:problem:)`` for an invalid date format.
  init(
    _ head: TextBlock, format: any TextFormat, path: String, options: ReadOptions, isWhole: Bool = false
  ) throws(FrameError) {
    let dates = try StatedFormats(format: format, path: path, options: options)
    dateFormats = format.names.map { dates.format(of: $0) }
    let separator = format.separatorByte
    allowsComma = options.decimalMark == .comma || options.thousandsSeparator == "." || separator != UInt8(ascii: ",")
    guard options.rules.fields == .exact, options.rules.types == .byEvidence else {
      samples = []
      plans = format.kinds.map { ColumnPlan(kind: $0, form: FieldForm(reading: options.rules.fields)) }
      return
    }
    let names = format.names
    let lines = isWhole ? Int.max : Self.sampleLines
    let bytes = isWhole ? Int.max : Self.sampleBytes
    guard let sample = TextBlock(beginningOf: head, maximumLines: lines, maximumBytes: bytes) else {
      throw .outOfMemory(path: path, byteCount: head.count)
    }
    let looks = zip(names, format.kinds).map { name, kind -> ColumnPlan in
      let isRead = kind != .sparse && kind != .skipped && options.kind(of: name) != .skipped
      return ColumnPlan(kind: isRead ? .level : kind == .sparse ? .sparse : .skipped, form: FieldForm())
    }
    let part = format.parser(plans: looks, options: options).read(sample, isFirst: true)
    let missing = options.missingFields(isLevel: false)
    let evidence = names.indices.map { column in
      var evidence = FieldEvidence(missing: missing, format: dates.format(of: names[column]))
      if looks[column].kind == .level, column < part.builders.count { evidence.add(part, column) }
      return evidence
    }
    samples = evidence
    let preferred = format.layout.decimalMark ?? DecimalVote.mark(evidence, separator: separator)
    let known = names.map { options.knownNotations[$0] }
    let agreement = NotationAgreement(known, evidence, separator: separator)
    let allowsComma = allowsComma
    let guesses = names.indices.map { column in
      guard looks[column].kind == .level else { return looks[column] }
      let found = evidence[column]
      var form = FieldForm()
      if let stated = options.statedNumbers {
        form.numbers = stated
      } else {
        form.numbers = found.numberForm(
          preferred: agreement.mark(column) ?? preferred,
          allowsComma: allowsComma || known[column]?.decimalMark == .comma)
        if let other = known[column], other.decimalMark == form.numbers.decimalMark {
          form.numbers = NumberForm(
            decimalMark: form.numbers.decimalMark, thousands: other.thousands?.unicodeScalars.first)
        }
      }
      let declared = options.kind(of: names[column]) ?? (format.declaresTypes ? format.kinds[column] : nil)
      // The format of the whole table need not be that of a column with times in a usual notation.
      let usesFormat =
        found.areStatedTimes
        || (declared == .time && (dates.isOfColumn(names[column]) || found.kind(form.numbers) != .time))
      form.times = TimeForm(
        order: found.order(preferred: agreement.order(column)),
        format: usesFormat ? dates.format(of: names[column]) : nil)
      return ColumnPlan(kind: declared ?? found.kind(form.numbers), form: form)
    }
    guard !isWhole else {
      plans = guesses
      return
    }
    let candidates = names.indices.filter { column in
      looks[column].kind == .level && guesses[column].kind == .level && !format.declaresTypes
        && options.kind(of: names[column]) == nil && part.holdsText(column)
    }
    plans = try Self.withTexts(guesses, candidates, head, format: format, path: path, options: options)
  }

  /// Returns the plans with the candidates that hold mostly different texts, in all of `head`, as texts.
  ///
  /// Collecting their levels is useless then, and takes much longer than copying the texts.
  private static func withTexts(
    _ guesses: [ColumnPlan], _ candidates: [Int], _ head: TextBlock, format: any TextFormat, path: String,
    options: ReadOptions
  ) throws(FrameError) -> [ColumnPlan] {
    guard !candidates.isEmpty else { return guesses }
    guard let whole = TextBlock(beginningOf: head, maximumLines: .max, maximumBytes: .max) else {
      throw .outOfMemory(path: path, byteCount: head.count)
    }
    var looks = guesses.map { ColumnPlan(kind: $0.kind == .sparse ? .sparse : .skipped, form: $0.form) }
    for column in candidates { looks[column] = guesses[column] }
    let part = format.parser(plans: looks, options: options).read(whole, isFirst: true)
    var plans = guesses
    for column in candidates where part.holdsText(column) { plans[column].kind = .text }
    return plans
  }
}

extension BlockColumns {
  /// Returns true if a column has too many distinct values for levels, and is text.
  fileprivate func holdsText(_ column: Int) -> Bool {
    guard column < builders.count, let levels = builders[column].levels else { return false }
    return LevelMerge.isText(levels.count, of: rowCount - builders[column].missing.count)
  }
}

extension FieldEvidence {
  /// Adds the fields of a column of levels.
  mutating func add(_ part: BlockColumns, _ column: Int) {
    let builder = part.builders[column]
    guard let levels = builder.levels else { return }
    let counts = builder.levelCounts(rowCount: part.rowCount)
    for index in 0..<levels.count { add(levels.text(index), count: counts[index]) }
  }
}

extension ColumnBuilder {
  /// Returns the number of rows with each level.
  func levelCounts(rowCount: Int) -> [Int] {
    var counts = [Int](repeating: 0, count: levels?.count ?? 0)
    func add(_ code: Int, _ row: Int) {
      if counts.indices.contains(code), missing.isEmpty || !missing.contains(row) { counts[code] += 1 }
    }
    switch storage {
    case .bytes(let codes): for row in 0..<rowCount { add(Int(codes[row]), row) }
    case .shorts(let codes): for row in 0..<rowCount { add(Int(codes[row]), row) }
    case .integers(let codes): for row in 0..<rowCount { add(Int(codes[row]), row) }
    case .doubles, .scaled: break
    }
    return counts
  }
}

/// The formats of times that the job or the file states.
private struct StatedFormats {
  private let ofTable: DateFormat?
  /// The formats of another table, which the job does not state for this one.
  private let known: [String: DateFormat]
  private let ofColumns: [String: DateFormat]

  init(format: any TextFormat, path: String, options: ReadOptions) throws(FrameError) {
    ofTable = try options.dateFormat.map { (pattern) throws(FrameError) in try Self.format(pattern, path) }
    var formats: [String: DateFormat] = [:]
    // A format of the file that is not understood leaves the usual notations.
    for (name, pattern) in format.dateFormats { formats[name] = DateFormat(pattern) }
    for (name, pattern) in options.dateFormats { formats[name] = try Self.format(pattern, path) }
    ofColumns = formats
    known = options.knownNotations.compactMapValues { $0.dateFormat.flatMap(DateFormat.init) }
  }

  private static func format(_ pattern: String, _ path: String) throws(FrameError) -> DateFormat {
    guard let format = DateFormat(pattern) else {
      throw .unusable(
        path: path,
        problem: "date_format '\(pattern)' is not a format of dates; write it like dd/MM/yyyy, yyyy-MM-dd HH:mm:ss "
          + "or %d.%m.%Y")
    }
    return format
  }

  func format(of name: String) -> DateFormat? { ofColumns[name] ?? ofTable ?? known[name] }

  func isOfColumn(_ name: String) -> Bool { ofColumns[name] != nil }
}
