extension TableLayout.Format {
  package static let svmlight = TableLayout.Format(name: "svmlight", columnNames: .numbered)
}

extension SVMLightShape: TextFormat {
  static func recognises(_ text: TextBeginning) -> Bool { text.options.separator == nil && recognises(text.bytes) }

  init(_ text: TextBeginning) throws(FrameError) {
    self.init(options: text.options, indexes: try Self.indexes(text))
    encoding = text.encoding
  }

  var layout: TableLayout {
    TableLayout(format: .svmlight, encoding: encoding, separator: " ", decimalMark: .point, hasHeader: false)
  }

  var indexBase: Int? { firstIndex }

  func parser(plans: [ColumnPlan], missing: [MissingFields], options: ReadOptions) -> any BlockParser {
    SVMLightBlockReader(kinds: kinds, indexBase: firstIndex, keys: options.keyPlace)
  }

  /// Returns the indexes of features, which the beginning of the text does not state.
  private static func indexes(_ text: TextBeginning) throws(FrameError) -> Indexes {
    switch text.purpose {
    case .frame: return try indexes(text.blocks)
    case .outline: return indexes(text.bytes)
    case .stream:
      // The columns of a model may have any names: C9223372036854775807 is not a feature.
      let wanted = (text.options.onlyColumns ?? []).compactMap { $0.hasPrefix("C") ? Int($0.dropFirst()) : nil }
        .filter { (1...maximumIndex + 1).contains($0) }
      let smallest = indexes(text.bytes).smallest
      let base = text.options.indexBase ?? (smallest == 0 && text.options.rules.types == .byEvidence ? 0 : 1)
      return Indexes(smallest: smallest, largest: max(0, (wanted.max() ?? 1) - 2 + base))
    }
  }
}
