import DataFrames
import Testing

@Suite("Rows as network inputs")
struct RowEncodingTests {
  private static let text = "n,small,big,y\n1,a,p,yes\n2,b,q,no\n3,,r,yes\n,a,s,no\n"

  private func build(_ text: String = text, _ change: (inout RowEncodingBuilder.Choices) -> Void = { _ in }) throws
    -> RowEncoding
  {
    var choices = RowEncodingBuilder.Choices()
    change(&choices)
    return try RowEncodingBuilder(choices).build(try frame(text), response: "y").0
  }

  private func encode(
    _ encoding: RowEncoding, _ text: String = text, rules: TableRules = TableRules(),
    purpose: RowEncoder.Purpose = .scoring
  ) throws -> (rows: [(units: [Int32], numerics: [Double])], targets: [Double], warnings: [String]) {
    let encoder = RowEncoder(encoding, rules: rules, precision: .double, purpose: purpose)
    let (rows, warnings) = try encoder.encode(try frame(text))
    let cursor = RowCursor<Double>(rows)
    let described = (0..<rows.rowCount).map { row in
      cursor.move(to: row)
      return (units: Array(cursor.activeUnits), numerics: Array(cursor.numerics))
    }
    return (described, rows.targets, warnings)
  }

  @Test("categorical columns come first, by descending number of levels, each with a unit for missing levels")
  func order() throws {
    let encoding = try build()
    #expect(
      encoding.inputNames == [
        "big.p", "big.q", "big.r", "big.s", "big.missing(NA)", "small.a", "small.b", "small.missing(NA)", "n",
      ])
    #expect(encoding.missingUnits == [4, 7])
  }

  @Test("a frequent level named other absorbs the rare ones")
  func otherLevel() throws {
    let levels = (0..<12).map { "l\($0)" } + ["other"]
    let codes = (0..<130).map { Int32($0 % 13) }
    var choices = RowEncodingBuilder.Choices()
    choices.categoricalEncoding = .frequentLevels
    let frame = Frame(
      path: "t",
      columns: [Column(name: "c", values: .categorical(codes + [12, 12], levels: levels), missing: RowSet())])
    let encoding = try RowEncodingBuilder(choices).build(frame, response: nil).0
    #expect(encoding.categoricals[0].levels.filter { $0 == "other" }.count == 1)
    let rows = try RowEncoder(encoding, precision: .double).encode(frame).rows
    #expect(rows.rowCount == 132 && rows.incomplete.isEmpty)
  }

  @Test("numbers are standardised with the sample deviation; missing ones become the mean")
  func standardised() throws {
    let (rows, targets, _) = try encode(try build())
    #expect(rows.map { $0.numerics[0] } == [-1, 0, 1, 0])
    #expect(rows.map(\.units) == [[0, 5], [1, 6], [2, 7], [3, 5]])
    #expect(targets == [1, 0, 1, 0])
  }

  @Test(
    "without use_all_factor_levels the first level has no unit, and H2O's training uses the last level for a missing one"
  )
  func reducedLevels() throws {
    let encoding = try build { $0.usesAllLevels = false }
    #expect(encoding.inputCount == 4 + 2 + 1)
    #expect(try encode(encoding).rows.map(\.units) == [[], [0, 4], [1, 5], [2]])
    var rules = TableRules()
    rules.trainedGaps = .lastLevelUnit
    #expect(try encode(encoding, rules: rules, purpose: .training).rows[2].units == [1, 4])
    #expect(try encode(encoding, rules: rules).rows[2].units == [1, 5])
  }

  @Test("without standardisation a missing number becomes the mean in training and, in H2O's scoring, zero")
  func rawNumbers() throws {
    let encoding = try build { $0.standardizesInputs = false }
    #expect(try encode(encoding).rows[3].numerics == [2])
    var rules = TableRules()
    rules.scoredGaps = .zeroInput
    #expect(try encode(encoding, rules: rules).rows[3].numerics == [0])
    #expect(try encode(encoding, rules: rules, purpose: .training).rows[3].numerics == [2])
  }

  @Test("scoring matches columns and levels by name, and warns about mismatches")
  func adaptation() throws {
    let encoding = try build()
    let (rows, targets, warnings) = try encode(encoding, "y,big,extra,n\nno,zz,1,2\nmaybe,p,1,4\n")
    #expect(rows.map(\.units) == [[4, 7], [0, 7]])
    #expect(targets[0] == 0 && targets[1].isNaN)
    #expect(warnings.count == 3)
    #expect(warnings.contains { $0.contains("no column 'small'") })
    #expect(warnings.contains { $0.contains("'zz'") })
    #expect(throws: FrameError.self) { try encode(encoding, "other\n1\n2\n") }
    #expect(throws: FrameError.self) { try encode(encoding, "n,big\nword,p\nother,q\n") }
  }

  @Test("constant, empty and text columns are dropped, with one warning per reason")
  func dropped() throws {
    let text = "a,b,c,n,y\n1,7,,1,p\n1,7,,2,q\n1,7,,3,p\n"
    let (encoding, warnings) = try RowEncodingBuilder(.init()).build(try frame(text), response: "y")
    #expect(encoding.inputNames == ["n"])
    #expect(warnings.count == 2)
    #expect(warnings[0].contains("2 columns are not used ('a', 'b')"))
  }

  @Test(
    "responses that cannot be learnt are refused",
    arguments: [
      ("n,y\n1,2\n2,2\n", "is constant"), ("n,y\n1,\n2,\n", "holds no value"),
      ("n,y\n1,1\n1,2\n", "no predictor is left"),
    ])
  func refused(_ text: String, _ expected: String) {
    let error = #expect(throws: FrameError.self) { try build(text) }
    #expect(error?.description.contains(expected) == true, "\(String(describing: error))")
  }

  @Test("bytes remain bytes, and give the same inputs as numbers in full precision")
  func packedBytes() throws {
    let text =
      "a,b,y\n" + (0..<300).map { "\($0 % 256),\($0 * 7 % 256),\($0 % 2 == 0 ? "p" : "q")" }.joined(separator: "\n")
    let encoding = try build(text)
    let encoder = RowEncoder(encoding, precision: .single)
    let rows = try encoder.encode(try frame(text)).0
    guard case .bytes = rows.numerics else { return #expect(Bool(false), "not packed") }
    let cursor = RowCursor<Float>(rows)
    let exact = try encode(encoding, text).rows
    for row in 0..<300 {
      cursor.move(to: row)
      for (a, b) in zip(cursor.numerics, exact[row].numerics) { #expect(abs(Double(a) - b) < 1e-6) }
    }
  }
}
