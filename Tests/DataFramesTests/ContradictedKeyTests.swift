import DataFrames
import Testing

@Suite("Stated keys that the text of a table contradicts")
struct ContradictedKeyTests {
  /// A table whose columns w and p hold numbers as `number` writes them.
  private static func table(_ separator: String, rows: Int = 60, _ number: (Int) -> String) -> String {
    "n\(separator)w\(separator)p\n"
      + (0..<rows).map { "\($0)\(separator)\(number($0))\(separator)\(number($0 * 7 + 1))\n" }.joined()
  }

  private static let german = table(";") { "\($0 + 10),\($0 % 9 + 1)" }
  private static let english = table("\t") { "\($0 + 10).\($0 % 9 + 1)" }
  private static let grouped = table(";") { "\($0 + 1).\(100 + $0),\($0 % 9 + 1)" }

  @Test("one sentence names the mark that the numbers have, and no other advice about these columns is given")
  func decimals() throws {
    for (text, stated, expected) in [
      (
        Self.german, DecimalMark.point,
        "decimal is '.', but columns 'w', 'p' have a decimal comma, as in '10,1'; state decimal: ','"
      ),
      (
        Self.english, .comma,
        "decimal is ',', but columns 'w', 'p' have a decimal point, as in '10.1'; state decimal: '.'"
      ),
      (
        Self.grouped, .point,
        "decimal is '.', but columns 'w', 'p' have a decimal comma, as in '1.100,1'; state decimal: ','"
      ),
      (
        Self.table(",") { "\"\($0),\($0 % 9 + 1)\"" }, .point,
        "decimal is '.', but columns 'w', 'p' have a decimal comma, as in '0,1'; state decimal: ','"
      ),
      (
        Self.table(";", rows: 3000) { "\($0 + 10),\($0 % 9 + 1)" }, .point,
        "decimal is '.', but columns 'w', 'p' have a decimal comma, as in '10,1'; state decimal: ','"
      ),
    ] {
      let frame = try Tables.read(text) { $0.decimalMark = stated }
      #expect(frame.warnings == ["'t': \(expected)"], "\(frame.warnings)")
      #expect(frame.layout?.contradictions.map(\.columns) == [["w", "p"]])
      let mark = stated == .comma ? DecimalMark.point : .comma
      #expect(try Tables.read(text) { $0.decimalMark = mark }.warnings.isEmpty)
    }
  }

  @Test("numbers in percent, with a currency or with few misfits are seen, too")
  func othersMarks() throws {
    for text in [
      Self.table(";") { "\($0),\($0 % 9 + 1) %" }, Self.table(";") { "€ \($0),\($0 % 9 + 1)" },
      // With a decimal point, most are thousands.
      Self.table(";", rows: 200) { $0 % 40 == 0 ? "1,5" : "1,\(100 + $0 % 800)" },
    ] {
      let frame = try Tables.read(text) { $0.decimalMark = .point }
      #expect(frame.warnings.contains { $0.hasSuffix("; state decimal: ','") }, "\(frame.warnings)")
      #expect(!frame.warnings.contains { $0.contains("na_strings") || $0.contains("count as missing") })
    }
  }

  @Test("declared numbers with the other mark are one error, which names it")
  func declared() {
    let refusal = Tables.refusal(Self.german) { options in
      options.decimalMark = .point
      options.columnTypes = ["w": .number, "p": .number]
    }
    #expect(
      refusal == "'t': decimal is '.', but columns 'w', 'p' have a decimal comma, as in '10,1'; state decimal: ','")
    let known = Tables.refusal(Self.english) { options in
      options.decimalMark = .comma
      options.knownTypes = ["w": .number, "p": .number]
      options.keyPlace = .option("--read-like", file: "j.yaml")
    }
    #expect(
      known == "'t': decimal is ',', but columns 'w', 'p' have a decimal point, as in '10.1'; state decimal: '.' in "
        + "'j.yaml' (--read-like)")
  }

  @Test("columns that disagree are best read without a stated mark")
  func mixed() throws {
    let text = "a;b\n" + (0..<30).map { "\($0),5;\($0).25\n" }.joined()
    let frame = try Tables.read(text) { $0.decimalMark = .point }
    #expect(
      frame.warnings == [
        "'t': decimal is '.', but column 'a' has a decimal comma, as in '0,5', and other columns do not; leave decimal out"
      ])
    #expect(try Tables.read(text).columns.map(\.typeName) == ["real", "real"])
  }

  @Test("a separator of thousands that no number has is contradicted, too")
  func thousands() throws {
    let text = "a;b\n" + (0..<30).map { "1,\(200 + $0),\(300 + $0).5;\($0)\n" }.joined()
    let frame = try Tables.read(text) { $0.thousandsSeparator = "'" }
    #expect(
      frame.warnings == [
        "'t': thousands is \"'\", but column 'a' has numbers such as '1,200,300.5'; state thousands: ','"
      ], "\(frame.warnings)")
    let dollars = try Tables.read(text.replacing("1,2", with: "$1,2")) { $0.thousandsSeparator = "'" }
    #expect(dollars.warnings.contains { $0.hasSuffix("state thousands: ','") }, "\(dollars.warnings)")
    let implied = try Tables.read(Self.english) { $0.thousandsSeparator = "." }
    #expect(
      implied.warnings == [
        "'t': thousands is '.', but columns 'w', 'p' have a decimal point, as in '10.1'; leave thousands out"
      ], "\(implied.warnings)")
  }

  @Test("words, declared levels and numbers in the stated notation contradict nothing")
  func consistent() throws {
    let words = "a;b\n" + (0..<30).map { "w,\($0);\($0 % 3)\n" }.joined()
    for text in [words, "a;b\n1,234;2\n2,345;3\n", "a;b\n1;2\n"] {
      #expect(try Tables.read(text) { $0.decimalMark = .point }.layout?.contradictions == [])
    }
    let levels = try Tables.read(Self.german) { options in
      options.decimalMark = .point
      options.columnTypes = ["w": .categorical, "p": .categorical]
    }
    #expect(levels.layout?.contradictions == [])
  }

  @Test("a separator that no line contains is an error, which names the one that detection chooses")
  func absentSeparators() throws {
    for (text, stated, expected) in [
      (
        Self.german, "|",
        "separator is '|', but no line contains it, and ';' splits them into 3 fields; state separator: ';'"
      ),
      (
        Self.german, "\t",
        "separator is tab, but no line contains it, and ';' splits them into 3 fields; state separator: ';'"
      ),
      (
        Self.english, ",",
        "separator is ',', but no line contains it, and a tab splits them into 3 fields; state separator: tab"
      ),
    ] as [(String, Character, String)] {
      #expect(Tables.refusal(text) { $0.separator = stated } == "'t': \(expected)")
    }
    // Blanks stand in texts, too.
    let blanks = try Tables.read("a b\n1 2\n3 4\n") { $0.separator = "," }
    #expect(
      blanks.warnings.contains(
        "'t': separator is ',', but no line contains it, and a blank splits them into 2 fields; state separator: space"),
      "\(blanks.warnings)")
  }

  @Test("a separator that splits the lines unevenly is named as the cause of what follows")
  func unevenSeparators() throws {
    let refusal = Tables.refusal(Self.german) { $0.separator = "," }
    #expect(
      refusal == "'t': separator is ',', but it splits the lines unevenly, and ';' splits them into 3 fields; state "
        + "separator: ';'")
    let tolerant = try Tables.read(Self.german) { options in
      options.separator = ","
      options.maximumBadFields = 100
    }
    #expect(tolerant.warnings.contains { $0.hasSuffix("state separator: ';'") }, "\(tolerant.warnings)")
    let names = try Tables.read(
      "First name;Last name;Age\n" + (0..<9).map { "Ann;Lee \($0);\($0)\n" }.joined()
    ) { $0.separator = " " }
    let error = #expect(throws: FrameError.self) { try names.column(named: "Age", for: .response) }
    #expect(
      error.map { "\($0)" }?.contains(
        "which 't' does not have; separator is space, but it splits the lines unevenly, and ';' splits them into 3 fields; "
          + "state separator: ';'") == true, "\(error.map { "\($0)" } ?? "")")
  }

  @Test("a separator that splits all lines is as stated, whatever others do; so is one that detection would choose")
  func rightSeparators() throws {
    for (text, stated) in [
      ("a,b;c\n1,2;3\n4,5;6\n", ","), ("a,b;c\n1,2;3\n4,5;6\n", ";"), ("a;b\n1;2\n3;4;5\n", ";"), ("a\nx\ny\n", ","),
    ] as [(String, Character)] {
      let frame = try Tables.read(text) { options in
        options.separator = stated
        options.maximumBadFields = 9
      }
      #expect(frame.layout?.contradictions == [], "\(text)")
    }
  }
}
