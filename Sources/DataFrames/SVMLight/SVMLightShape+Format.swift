extension SVMLightShape: TextFormat {
  static func recognises(_ text: TextBeginning) -> Bool { text.options.separator == nil && recognises(text.bytes) }

  init(_ text: TextBeginning) throws(FrameError) {
    self.init(options: text.options, largestIndex: try Self.largestIndex(text))
  }

  var layout: TableLayout {
    TableLayout(format: .svmlight, encoding: .utf8, separator: " ", decimalMark: .point, hasHeader: false)
  }

  func parser(kinds: [ColumnBuilder.Kind], missing: [MissingFields], options: ReadOptions) -> any BlockParser {
    SVMLightBlockReader(kinds: self.kinds)
  }

  /// Returns the largest index of a feature, which the beginning of the text does not state.
  private static func largestIndex(_ text: TextBeginning) throws(FrameError) -> Int {
    switch text.purpose {
    case .frame: return try largestIndex(text.blocks)
    case .outline: return largestIndex(text.bytes)
    case .stream:
      // The columns of a model may have any names: C9223372036854775807 is not a feature.
      let wanted = (text.options.onlyColumns ?? []).compactMap { $0.hasPrefix("C") ? Int($0.dropFirst()) : nil }
        .filter { (1...maximumIndex + 1).contains($0) }
      return (wanted.max() ?? 1) - 1
    }
  }
}
