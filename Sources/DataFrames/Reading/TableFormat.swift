/// The format of a table, recognised by its beginning, with everything known before reading.
enum TableFormat {
  case csv(CSVDialect)
  case arff(ARFFHeader)
  case svmLight(SVMLightShape)

  /// Recognises the format from `head`, the beginning of the text.
  ///
  /// `largestIndex`: Returns the largest feature index of an SVMLight file, which its beginning does not state.
  static func of(
    _ head: UnsafeBufferPointer<UInt8>, path: String, options: ReadOptions,
    largestIndex: () throws(FrameError) -> Int
  ) throws(FrameError) -> TableFormat {
    if ARFFHeader.recognises(head) { return .arff(try ARFFHeader(head, path: path, options: options)) }
    if options.separator == nil, SVMLightShape.recognises(head) {
      return .svmLight(SVMLightShape(options: options, largestIndex: try largestIndex()))
    }
    return .csv(try CSVDialect(head, path: path, options: options))
  }

  var names: [String] {
    switch self {
    case .csv(let dialect): dialect.names
    case .arff(let header): header.names
    case .svmLight(let shape): shape.names
    }
  }

  var kinds: [ColumnBuilder.Kind] {
    switch self {
    case .csv(let dialect): dialect.kinds
    case .arff(let header): header.kinds
    case .svmLight(let shape): shape.kinds
    }
  }

  /// Categorical columns in which 0 stands for a missing level.
  private var zerosMissing: Set<Int> {
    if case .csv(let dialect) = self { dialect.zerosMissing } else { [] }
  }

  /// The separator of formats whose quoted fields may contain line ends; nil if every line end ends a record.
  var quotingSeparator: UInt8? {
    if case .csv(let dialect) = self { dialect.separator } else { nil }
  }

  /// Returns the texts that count as missing in each column; columns share the few distinct rules.
  private func missingFields(_ kinds: [ColumnBuilder.Kind], _ options: ReadOptions) -> [MissingFields] {
    let numbers = options.missingFields(isLevel: false)
    let levels = options.missingFields(isLevel: true)
    let levelsWithoutZero = options.missingFields(isLevel: true, zeroIsMissing: true)
    let zerosMissing = zerosMissing
    return kinds.indices.map { column in
      switch kinds[column] {
      case .level, .text: zerosMissing.contains(column) ? levelsWithoutZero : levels
      case .number, .time, .sparse, .skipped: numbers
      }
    }
  }

  func parser(kinds: [ColumnBuilder.Kind], options: ReadOptions) -> any BlockParser {
    switch self {
    case .csv(let dialect):
      BlockReader(
        kinds: kinds, separator: dialect.separator, missing: missingFields(kinds, options),
        reading: options.rules.fields,
        hasHeader: dialect.hasHeader)
    case .arff(let header):
      ARFFBlockReader(
        header: header, kinds: kinds, missing: missingFields(kinds, options), reading: options.rules.fields)
    case .svmLight(let shape): SVMLightBlockReader(kinds: shape.kinds)
    }
  }
}
