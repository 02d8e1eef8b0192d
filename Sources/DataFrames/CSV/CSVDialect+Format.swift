extension TableLayout.Format {
  package static let csv = TableLayout.Format(name: "csv", columnNames: .optional)
}

extension CSVDialect: TextFormat {
  /// Returns true: any text is a table of at least one column.
  static func recognises(_ text: TextBeginning) -> Bool { true }

  init(_ text: TextBeginning) throws(FrameError) {
    try self.init(text.bytes, path: text.path, options: text.options)
    encoding = text.encoding
    if encoding == .windows1252, text.options.rules.types == .byEvidence, ForeignLetters.areLikely(text.bytes) {
      takeWarning(
        "'\(text.path)': is not UTF-8, and read as windows-1252 its letters make no words; if it is another encoding, such as "
          + "windows-1251, GBK or Shift JIS, save it as UTF-8")
    }
  }

  var layout: TableLayout {
    var layout = TableLayout(
      format: .csv, encoding: encoding, separator: Character(UnicodeScalar(separator)), decimalMark: decimalMark,
      hasHeader: hasHeader)
    layout.titleLines = titleLines
    layout.contradictions = contradictions
    return layout
  }

  var separatorByte: UInt8 { separator }

  var recordEnds: RecordEnds? { RecordEnds(syntax: syntax, beginning: beginning) }

  func parser(plans: [ColumnPlan], missing: [MissingFields], options: ReadOptions) -> any BlockParser {
    BlockReader(
      plans: plans, syntax: syntax, beginning: beginning, missing: missing, hasHeader: hasHeader, bodyStart: bodyStart)
  }
}
