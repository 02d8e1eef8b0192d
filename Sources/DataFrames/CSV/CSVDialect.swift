internal import Wording

/// The separator, header, column names and column kinds of a file, found before it is read.
///
/// Keys of the job take precedence. Everything else is guessed together from the beginning of the text, and a close call
/// leaves a warning that names the key that settles it.
struct CSVDialect {
  /// The number of records used for guessing.
  private static let sampledRecords = 1000
  /// The number of repeated names, and of new names for each, that warnings list.
  private static let namedDuplicates = 10

  private(set) var syntax: CSVSyntax
  /// The lines above the first record.
  private(set) var beginning = Preamble()
  private(set) var hasHeader = false
  private(set) var names: [String] = []
  private(set) var kinds: [ColumnBuilder.Kind] = []
  /// Categorical columns in which 0 stands for a missing level.
  private(set) var zerosMissing: Set<Int> = []
  /// The stated decimal mark; nil to guess it.
  private(set) var decimalMark: DecimalMark?
  /// The position of the first record, if a line of dashes stands between it and the header.
  private(set) var bodyStart: Int?
  /// The number of lines above the header that were recognised as titles.
  private(set) var titleLines = 0
  var encoding = TableLayout.Encoding.utf8
  /// The stated keys that the text contradicts.
  private(set) var contradictions: [ContradictedKey] = []
  /// Sentences about close calls and repaired names.
  private(set) var warnings: [String] = []

  /// Where readers of messages state keys.
  private var keys = KeyPlace.jobFile

  var separator: UInt8 { syntax.separator }

  /// Guesses everything that `options` leaves open.
  init(_ bytes: UnsafeBufferPointer<UInt8>, path: String, options: ReadOptions) throws(FrameError) {
    let preamble = try Preamble(bytes, path: path, options: options)
    beginning = preamble
    syntax = CSVSyntax(separator: UInt8(ascii: ","))
    switch options.rules.types {
    case .byEvidence: try guess(bytes, path: path, options: options)
    case .byMajority:
      try preview(
        H2OPreview(bytes: bytes, preamble: preamble, comment: options.comment?.asciiValue), path: path, options: options
      )
    }
    syntax.width = names.count
  }

  private mutating func guess(
    _ bytes: UnsafeBufferPointer<UInt8>, path: String, options: ReadOptions
  ) throws(FrameError) {
    let missing = options.missingWordsInForce
    // A text that fills the block may continue after it.
    let head = SeparatorGuess.Head(
      bytes: bytes, preamble: beginning, isWhole: bytes.count < TextBlocks.blockBytes,
      comment: options.comment?.asciiValue, missing: missing)
    try takeSeparator(head, path: path, options: options)
    var sample = sample(head)
    guard !sample.records.isEmpty else { throw .empty(path: path) }
    keys = options.keyPlace
    skipTitles(&sample, head, path: path, options: options)
    let rule = options.header == false ? nil : sample.removeRule()
    let shape = RecordShape(sample, separator: separator, missing: missing)
    var header = HeaderGuess(sample, missing: missing, known: options.usedNames)
    let isDoubtful = !header.hasHeader || header.isDoubtful || (beginning.isCommentName && !header.isCertain)
    if options.header != false, isDoubtful, let commented = CommentedHeader(head, syntax: syntax, width: sample.width) {
      beginning = commented.beginning
      syntax.comment = commented.mark ?? syntax.comment
      sample = self.sample(head)
      header = HeaderGuess(sample, missing: missing, known: Set(sample.first.map(\.text)))
    }
    // A difference of one field tells a header from records.
    let hasShape = shape.difference == .rowNames || shape.difference == .trailingSeparator
    hasHeader = options.header ?? (header.hasHeader || hasShape)
    if hasHeader, sample.starts.count > 1 { bodyStart = rule }
    if options.header == nil, header.isDoubtful, !hasShape { warnAboutHeader(sample, path: path) }
    warnAboutComments(head, width: sample.width, path: path)
    if options.separator == nil, let other = OtherSeparator(sample) {
      warnings.append("'\(path)': \(other.sentence(keys))")
    }
    takeNames(sample, shape, path: path)
    if !options.columnNames.isEmpty {
      guard options.columnNames.count == names.count else {
        throw .columnCount(path: path, expected: options.columnNames.count, found: names.count)
      }
      names = options.columnNames
    }
    let body = hasHeader ? sample.body : sample.records[...]
    decimalMark = options.statedNumbers?.decimalMark
    kinds = names.indices.map { column in
      // A plan judges exactly read fields by more of the text.
      options.kind(of: names[column])
        ?? (options.rules.fields == .exact
          ? .level : Self.kind(of: SampledRecords.texts(body, column).filter { !missing.contains($0) }))
    }
  }

  mutating func takeWarning(_ sentence: String) { warnings.append(sentence) }

  /// Skips titles above the header, or warns of a second header.
  private mutating func skipTitles(
    _ sample: inout SampledRecords, _ head: SeparatorGuess.Head, path: String, options: ReadOptions
  ) {
    guard options.header == nil, options.columnNames.isEmpty, options.skippedLines == 0,
      !sample.first.contains(where: { options.usedNames.contains($0.text) })
    else { return }
    let depth = HeaderDepth(sample, missing: head.missing, known: options.usedNames)
    func words(_ record: Int) -> String {
      sample.records[record].map(\.text).filter { !$0.isEmpty }.prefix(3).map { "'\($0.prefix(30))'" }
        .joined(separator: ", ")
    }
    if depth.titles > 0 {
      let title = words(0)
      beginning = beginning.ending(before: sample.starts[depth.titles], head.bytes)
      titleLines = beginning.lineCount
      sample = self.sample(head)
      warnings.append(
        "'\(path)': the table begins in line \(beginning.lineCount + 1), below \(title); state skip_lines: "
          + "\(beginning.lineCount)\(keys.words) to confirm it, or header if the lines above belong to the table")
    } else if let second = depth.second {
      let lines = beginning.ending(before: sample.starts[second], head.bytes).lineCount
      warnings.append(
        "'\(path)': line \(lines + 1) (\(words(second))) looks like a header, too; state skip_lines: "
          + "\(lines)\(keys.words) if it holds the names of the columns, or delete it if it holds units")
    }
  }

  private func sample(_ head: SeparatorGuess.Head) -> SampledRecords {
    SampledRecords(
      head.bytes, syntax: syntax, beginning: beginning, limit: Self.sampledRecords, isWhole: head.isWhole)
  }

  private mutating func takeSeparator(
    _ head: SeparatorGuess.Head, path: String, options: ReadOptions
  ) throws(FrameError) {
    let stated = options.separator?.asciiValue
    let guess = SeparatorGuess(head, stated: stated ?? beginning.separator)
    syntax = guess.syntax
    // The text of a workbook has a separator of its own, a control character.
    if let stated, stated >= UInt8(ascii: " ") || stated == UInt8(ascii: "\t"), let better = guess.better {
      try contradict(stated, better, path: path, options: options)
    }
    if let quotes = BareQuotes(head, syntax: syntax) {
      syntax = quotes.syntax
      warnings.append(
        "'\(path)':\(quotes.line): quotes inside quoted fields are not doubled; a quote ends its field only where a "
          + "separator or a line end follows; double the quotes inside fields if this is wrong")
    }
    if let rival = guess.rival {
      warnings.append(
        "'\(path)': fields are separated at \(Self.name(separator)), although \(Self.name(rival)) splits all lines as "
          + "well; state separator\(options.keyPlace.words) if this is wrong")
    }
  }

  /// Notes that the text contradicts the stated separator.
  ///
  /// - Throws: ``FrameError/contradicted(path:_:)`` if it cannot be meant.
  private mutating func contradict(
    _ stated: UInt8, _ better: SeparatorGuess.Better, path: String, options: ReadOptions
  ) throws(FrameError) {
    func spelled(_ byte: UInt8) -> String { ContradictedKey.spelled(Character(UnicodeScalar(byte))) }
    let found = ContradictedKey(
      .separator, stated: spelled(stated), suggested: spelled(better.separator),
      evidence: (better.isAlone ? "no line contains it" : "it splits the lines unevenly")
        + ", and \(Self.name(better.separator)) splits them into \(NumberText.count(better.width, "field"))",
      keys: options.keyPlace)
    guard !better.isCertain else { throw .contradicted(path: path, found) }
    contradictions.append(found)
  }

  /// Warns of a record that is read as a comment.
  private mutating func warnAboutComments(_ head: SeparatorGuess.Head, width: Int, path: String) {
    guard let found = CommentedHeader.record(head, syntax: syntax, width: width) else { return }
    warnings.append(
      "'\(path)':\(found.line): the line (\(found.text)) is read as a comment, although it has as many fields as the records; "
        + "if it is a record, state comment\(keys.words) with a character that begins no line")
  }

  private mutating func warnAboutHeader(_ sample: SampledRecords, path: String) {
    let fields = sample.first.prefix(3).map { "'\($0.text.prefix(20))'" }.joined(separator: ", ")
    warnings.append(
      hasHeader
        ? "'\(path)': the first record (\(fields)) is read as the names of the columns; "
          + "if it is a record, state header: false\(keys.words)"
        : "'\(path)': the first record (\(fields)) is read as a record; "
          + "if it holds the names of the columns, state header: true\(keys.words)")
  }

  private mutating func takeNames(_ sample: SampledRecords, _ shape: RecordShape, path: String) {
    var header = sample.first.map(\.text)
    guard hasHeader else {
      names = header.indices.map { "C\($0 + 1)" }
      return
    }
    switch shape.difference {
    case .none, .other: break
    case .trailingSeparator: syntax.hasTrailingSeparator = true
    case .rowNames:
      header.insert("", at: 0)
      if let doubt = shape.doubt { warnings.append("'\(path)': \(doubt)") }
    case .trailingSeparatorInHeader: header.removeLast()
    }
    let unique = ColumnNames(header)
    names = unique.names
    for name in unique.duplicates.prefix(Self.namedDuplicates) {
      let later = unique.renamed[name] ?? []
      warnings.append(
        "'\(path)': the header holds '\(name)' more than once; the later columns are named "
          + later.prefix(Self.namedDuplicates).map { "'\($0)'" }.joined(separator: ", ")
          + (later.count > Self.namedDuplicates ? " and so on, \(later.count) in all" : ""))
    }
    if unique.duplicates.count > Self.namedDuplicates {
      warnings.append(
        "'\(path)': the header holds \(unique.duplicates.count - Self.namedDuplicates) other names more than once; the later "
          + "columns are numbered in the same way")
    }
  }

  /// Returns the kind that all of `fields` fit.
  private static func kind(of fields: [String]) -> ColumnBuilder.Kind {
    func isNumber(_ text: String) -> Bool {
      var text = text
      return text.withUTF8 { NumberParser.parse($0, 0, $0.count) != nil }
    }
    if fields.allSatisfy(isNumber) { return .number }
    if fields.allSatisfy({ TimeParser.milliseconds($0) != nil }) { return .time }
    return fields.allSatisfy(UUIDText.matches) ? .text : .level
  }

  /// Takes the guesses that H2O's rules give.
  private mutating func preview(_ preview: H2OPreview, path: String, options: ReadOptions) throws(FrameError) {
    let separator = options.separator?.asciiValue ?? preview.separator()
    syntax = preview.syntax(separator)
    keys = options.keyPlace
    decimalMark = options.statedNumbers?.decimalMark ?? .point
    let records = preview.records(separator: separator)
    guard let first = records.first else { throw .empty(path: path) }
    let guess = preview.separator()
    if options.separator != nil, guess != separator, first.count == 1,
      let width = preview.records(separator: guess).first?.count, width > 1
    {
      try contradict(
        separator, SeparatorGuess.Better(separator: guess, width: width, isAlone: false, isCertain: false), path: path,
        options: options)
    }
    let missing = options.missingWordsInForce
    hasHeader = options.header ?? preview.hasHeader(records, isMissing: missing.contains)
    guard records.count > (hasHeader ? 1 : 0) else { throw .empty(path: path) }
    if !options.columnNames.isEmpty {
      guard options.columnNames.count == first.count else {
        throw .columnCount(path: path, expected: options.columnNames.count, found: first.count)
      }
      names = options.columnNames
    } else {
      names = first.enumerated().map { !hasHeader || $1.isEmpty ? "C\($0 + 1)" : $1 }
      var seen: Set<String> = []
      for name in names where !seen.insert(name).inserted { throw .duplicateColumn(path: path, name: name) }
    }
    let guesses = preview.majorities(separator: separator, hasHeader: hasHeader, columnCount: names.count)
    kinds = names.indices.map { options.kind(of: names[$0]) ?? guesses[$0].kind }
    zerosMissing = Set(names.indices.filter { kinds[$0] == .level && guesses[$0].zeroIsMissing })
  }

  /// Returns the name of a separator for messages.
  private static func name(_ separator: UInt8) -> String {
    switch separator {
    case UInt8(ascii: "\t"): "a tab"
    case UInt8(ascii: " "): "a blank"
    default: "'\(Character(Unicode.Scalar(separator)))'"
    }
  }
}

extension ReadOptions {
  /// The names of columns that the job or a model uses.
  fileprivate var usedNames: Set<String> {
    Set(columnTypes.keys).union(knownTypes.keys).union(skippedColumns).union(onlyColumns ?? [])
      .union(headerNames)
  }
}
