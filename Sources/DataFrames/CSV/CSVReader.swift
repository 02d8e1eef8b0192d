internal import JobFiles

/// Reads a CSV file into typed columns.
///
/// Types are guessed from the first lines. A column of numbers that later turns out to hold words is read again as
/// categorical, unless the job declared it to be numeric.
struct CSVReader {
  /// Beyond this share of distinct values a long column of words is text, not a category.
  private static let textShare = 0.95
  private static let textMinimumRows = 200

  let path: String
  let options: ReadOptions

  /// The table that `bytes` hold.
  func read(_ bytes: [UInt8]) throws(FrameError) -> Frame {
    if let offset = bytes.prefix(1 << 16).firstIndex(of: 0) { throw .binary(path: path, offset: offset) }
    let result = bytes.withUnsafeBufferPointer { buffer in
      Result { () throws(FrameError) -> Frame in
        let dialect = try CSVDialect(buffer, path: path, options: options)
        return try read(buffer, dialect: dialect)
      }
    }
    return try result.get()
  }

  private func read(_ buffer: UnsafeBufferPointer<UInt8>, dialect: CSVDialect) throws(FrameError) -> Frame {
    var kinds = dialect.kinds
    while true {
      let builders = kinds.map(ColumnBuilder.init(kind:))
      let shortLines = try fill(builders, buffer, dialect: dialect)
      let misfits = builders.indices.filter { builders[$0].misfitCount > 0 }
      guard misfits.isEmpty else {
        for column in misfits {
          try refuseIfDeclared(builders[column], name: dialect.names[column])
          kinds[column] = .level
        }
        continue
      }
      guard (builders.first?.rowCount ?? 0) > 0 else { throw .empty(path: path) }
      return frame(builders, names: dialect.names, shortLines: shortLines)
    }
  }

  private func refuseIfDeclared(_ builder: ColumnBuilder, name: String) throws(FrameError) {
    guard options.columnTypes[name] != nil, let first = builder.firstMisfit else { return }
    throw .notANumber(
      path: path, column: name, line: first.line, found: String(first.text.prefix(40)), count: builder.misfitCount)
  }

  /// Reads all rows into the builders; returns how many lines had too few fields.
  private func fill(
    _ builders: [ColumnBuilder], _ buffer: UnsafeBufferPointer<UInt8>, dialect: CSVDialect
  ) throws(FrameError) -> Int {
    let missing = MissingFields(options.naStrings)
    let renames = dialect.names.map { options.renamedLevels[$0] }
    var scanner = CSVScanner(buffer, separator: dialect.separator)
    var field = CSVScanner.Field()
    var column = 0
    var shortLines = 0
    var isHeader = dialect.hasHeader
    while !(column == 0 && scanner.isAtEndAfterEmptyLines()) {
      let line = scanner.line
      let ending = scanner.next(&field)
      if !isHeader {
        guard column < builders.count else {
          throw .tooManyFields(path: path, line: line, expected: builders.count)
        }
        append(field, of: scanner, to: builders[column], missing: missing, renames: renames[column], line: line)
      }
      column += 1
      switch ending {
      case .field: continue
      case .unclosedQuote(let line): throw .unclosedQuote(path: path, line: line)
      case .line, .file:
        if !isHeader, column < builders.count {
          shortLines += 1
          for rest in column..<builders.count { builders[rest].appendMissing() }
        }
        isHeader = false
        column = 0
      }
    }
    return shortLines
  }

  @inline(__always)
  private func append(
    _ field: CSVScanner.Field, of scanner: CSVScanner, to builder: ColumnBuilder, missing: MissingFields,
    renames: [String: String]?, line: Int
  ) {
    switch builder.kind {
    case .number:
      if missing.holdsNumbers, missing.contains(scanner, field) {
        builder.appendMissing()
      } else if let value = NumberParser.parse(scanner.bytes, field.start, field.end) {
        switch value {
        case .integer(let integer): builder.append(integer: integer)
        case .real(let real): builder.append(real: real)
        }
      } else if missing.contains(scanner, field) {
        builder.appendMissing()
      } else {
        builder.appendMisfit(line: line, text: scanner.text(field))
      }
    case .level, .text:
      if missing.contains(scanner, field) { return builder.appendMissing() }
      let text = scanner.text(field)
      builder.kind == .level ? builder.append(level: renames?[text] ?? text) : builder.appendText(text)
    }
  }

  private func frame(_ builders: [ColumnBuilder], names: [String], shortLines: Int) -> Frame {
    var warnings: [String] = []
    if shortLines > 0 {
      warnings.append("'\(path)': \(shortLines) lines have too few fields; the rest counts as missing")
    }
    let columns = builders.indices.map { index in
      let column = builders[index].finish(name: names[index])
      let present = column.rowCount - column.missing.count
      let isGuessed = options.columnTypes[names[index]] == nil
      let isText =
        isGuessed && builders[index].kind == .level && present > Self.textMinimumRows
        && Double(builders[index].levelCount) > Self.textShare * Double(present)
      return isText ? asText(column) : column
    }
    return Frame(path: path, columns: columns, warnings: warnings)
  }

  private func asText(_ column: Column) -> Column {
    let texts = (0..<column.rowCount).map { column.text(at: $0) ?? "" }
    return Column(name: column.name, values: .text(texts), missing: column.missing)
  }
}

/// Recognises fields that count as missing; short ones are compared as bytes.
private struct MissingFields {
  private let texts: Set<String>
  private let longest: Int
  /// Whether some of the texts are numbers, such as -999: then numbers must be looked up before they are believed.
  let holdsNumbers: Bool

  init(_ texts: Set<String>) {
    self.texts = texts
    longest = texts.map(\.utf8.count).max() ?? 0
    holdsNumbers = texts.contains { Double($0) != nil && $0.lowercased() != "nan" }
  }

  func contains(_ scanner: CSVScanner, _ field: CSVScanner.Field) -> Bool {
    if field.isEmpty { return true }
    return field.end - field.start <= longest && texts.contains(scanner.text(field))
  }
}

extension ColumnBuilder.Kind {
  init(_ type: ColumnTypeChoice) {
    switch type {
    case .enumeration: self = .level
    case .real, .int, .time: self = .number
    case .string: self = .text
    }
  }
}
