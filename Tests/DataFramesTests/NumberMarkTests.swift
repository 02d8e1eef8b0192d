import DataFrames
import Testing

@Suite("The decimal mark of a table")
struct NumberMarkTests {
  @Test("a comma is the decimal mark where whole columns have that form and another character separates")
  func commas() throws {
    let texts = [
      "a;b\n1,5;x\n2,25;y\n", "a\tb\n1,5\t2\n-0,25\t3\n", "a|b\n1.234,56|1\n7,5|2\n", "x;y\n0,821;1\n0,903;2\n",
      "a;b\n1 234,5;x\n2,5;y\n", "a;b\n12,5 %;x\n3,5 %;y\n", "a;b\n€ 1,50;x\n€ 2,75;y\n", "a;b\n1,5;NA\n;2,5\n",
      "a;b;c\n1,5;24.12.2024;1.234\n2,5;25.12.2024;5.678\n", "y\n0,5\n0,25\n0,125\n1,75\n",
      "a;b\n1,234;x\n2,345;y\n",
    ]
    for text in texts where !text.hasPrefix("y\n") {
      #expect(try Tables.read(text).layout?.decimalMark == .comma, "\(text)")
    }
  }

  @Test("elsewhere the point is")
  func points() throws {
    let texts = [
      "a,b\n1.5,x\n", "a;b\n1.5;x\n2.5;y\n", "a;b\nx, y;1\nz;2\n", "a\tb\n1,234.5\tx\n",
      "a\tb\n1,234,567\tx\n", "a;b\n1,5;x\nword;y\nother;z\n", "a;b\n1;2\n", "a,b\n\"1,5\",2\n",
    ]
    for text in texts { #expect(try Tables.read(text).layout?.decimalMark == .point, "\(text)") }
  }

  @Test("a comma before three digits is doubtful, and the key that settles it is named")
  func doubts() throws {
    let frame = try Tables.read("a;b\n1,234;x\n2,345;y\n")
    #expect(
      frame.warnings.contains {
        $0 == "'t': the comma in '1,234' is read as a decimal mark; if this is wrong, state decimal: '.'"
      }, "\(frame.warnings)")
    #expect(
      try Tables.read("a\tb\n1,234\tx\n2,345\ty\n").warnings.contains {
        $0 == "'t': the comma in '1,234' is read as a separator of thousands; if this is wrong, state decimal: ','"
      })
    let stated = try Tables.read("a\tb\n1,234\tx\n2,345\ty\n") { $0.decimalMark = .comma }
    #expect(stated.layout?.decimalMark == .comma)
    #expect(stated.warnings.allSatisfy { !$0.contains("decimal:") })
    #expect(try Tables.read("a;b\n1,5;x\n2,345;y\n").warnings.isEmpty)
  }

  @Test("columns that disagree leave the mark of the table open")
  func disagreement() throws {
    let frame = try Tables.read("a;b\n1,5;2.5\n2,5;3.5\n")
    #expect(frame.layout?.decimalMark == nil)
    #expect(Tables.content(frame) == "a=1.5,2.5 b=2.5,3.5")
  }

  static let german: [(prices: [String], name: String)] = [
    (["1,50", "-", "3,50", "4,50", "-"], "dashes"),
    (["1,50", "k.A.", "#NV", " -   € ", "2,75"], "words"),
    (["EUR 0,50", "EUR 1,50", "EUR 2,50"], "currency codes"),
    (["1,50 EUR", "2,50 EUR", "3,50 EUR"], "codes behind"),
    (["(1,50)", "2,50", "(3,50)"], "brackets"),
    (["5,00-", "6,50", "7,25-"], "signs behind"),
    (["5,- €", "6,- €", "7,50 €"], "whole amounts"),
    ((0..<40).map { "\($0),5" } + ["1.50"], "one point"),
    (["1.234.567", "2.345.678"], "groups"),
  ]

  @Test("a point before three digits separates thousands beside columns with decimal commas", arguments: german)
  func thousands(_ example: (prices: [String], name: String)) throws {
    let rows = example.prices.enumerated().map { "\($1);\($0 % 7 + 2).10\($0 % 9)\n" }
    let frame = try Tables.read("Preis;Menge\n" + rows.joined())
    #expect(frame.columns[0].typeName != "enum", "\(example.name)")
    #expect(frame.columns[1].numbers == example.prices.indices.map { Double(($0 % 7 + 2) * 1000 + 100 + $0 % 9) })
    #expect(frame.layout?.decimalMark == .comma)
  }

  @Test("a column that is categorical because of other words tells the decimal mark, too")
  func wordsBesideNumbers() throws {
    let rows = (0..<30).map { "\($0 % 5 == 0 ? "auf Anfrage" : "\($0),50");\($0 % 7 + 2).10\($0 % 9)\n" }
    let frame = try Tables.read("Preis;Menge\n" + rows.joined())
    #expect(frame.columns[0].typeName == "enum" && frame.columns[1].number(at: 1) == 3101)
    #expect(frame.warnings.allSatisfy { !$0.contains("decimal:") }, "\(frame.warnings)")
  }

  @Test("the mark of other columns counts wherever its evidence stands")
  func lateEvidence() throws {
    let early = (0..<1500).map { "\($0);\($0 % 8 + 1).10\($0 % 9)\n" }
    let late = (0..<1500).map { "\($0),5;\($0 % 8 + 1).10\($0 % 9)\n" }
    let frame = try Tables.read("Preis;Menge\n" + (early + late).joined())
    #expect(frame.columns[1].number(at: 0) == 1100 && frame.columns[1].typeName == "int")
    // Other numbers of a column settle its own mark.
    let own = try Tables.read("Preis;Menge\n" + (early + late + ["1,5;2.5\n"]).joined())
    #expect(own.columns[1].number(at: 0) == 1.1)
    let points = (0..<1500).map { "\($0);1,10\($0 % 9)\n" } + (0..<1500).map { "\($0).5;1,10\($0 % 9)\n" }
    let other = try Tables.read("Preis;Menge\n" + points.joined())
    #expect(other.columns[1].number(at: 0) == 1100 && other.warnings.isEmpty, "\(other.warnings)")
  }

  @Test("a point before three digits is doubtful where no other number settles it")
  func doubtfulPoints() throws {
    func doubts(_ text: String) throws -> [String] { try Tables.read(text).warnings.filter { $0.contains("decimal:") } }
    let cities = "Stadt;Einwohner\nA;4.061\nB;257\nC;12.345\nD;99.380\n"
    let warning = "'t': the point in '4.061' is read as a decimal mark; if this is wrong, state decimal: ','"
    #expect(try doubts(cities) == [warning])
    #expect(try doubts(cities.replacing(";", with: "\t")) == [warning])
    #expect(try doubts(cities.replacing(";", with: ",")) == [])
    for settling in ["E;0.123", "E;1.5", "E;1.2345", "E;1234.567", "E;12345"] {
      #expect(try doubts(cities + settling + "\n") == [], "\(settling)")
    }
    #expect(try doubts("a;b\n1.234;0.5\n2.345;1.5\n") == [])
    #expect(try doubts("a;b\n1.000;1\n2.000;2\n") == [warning.replacing("4.061", with: "1.000")])
    #expect(try Tables.content("a;b\n1.000;1,5\n2.000;2\n") == "a=1000,2000 b=1.5,2")
    let stated = try Tables.read(cities) { $0.decimalMark = .comma }
    #expect(stated.columns[1].numbers == [4061, 257, 12345, 99380] && stated.warnings.isEmpty)
  }

  @Test("the doubt agrees with the reading of the whole column")
  func settledLate() throws {
    let frame = try Tables.read("a;b\n" + String(repeating: "1,100;1\n", count: 1200) + "1,234.56;2\n")
    #expect(frame.columns[0].number(at: 0) == 1100)
    #expect(frame.warnings.isEmpty, "\(frame.warnings)")
  }
}
