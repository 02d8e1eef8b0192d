extension TableLayout.Format {
  package static let arff = TableLayout.Format(name: "arff", columnNames: .stated)
}

extension ARFFHeader: TextFormat {
  static func recognises(_ text: TextBeginning) -> Bool { recognises(text.bytes) }

  init(_ text: TextBeginning) throws(FrameError) {
    try self.init(text.bytes, path: text.path, options: text.options)
    encoding = text.encoding
  }

  var layout: TableLayout {
    TableLayout(format: .arff, encoding: encoding, separator: ",", decimalMark: .point, hasHeader: true)
  }

  var declaresTypes: Bool { true }

  func parser(plans: [ColumnPlan], missing: [MissingFields], options: ReadOptions) -> any BlockParser {
    let isLoose = options.rules.types == .byMajority
    return ARFFBlockReader(
      header: self, plans: plans, missing: missing,
      holdsStatedMissing: isLoose || options.missingWords != nil, isLoose: isLoose)
  }
}
