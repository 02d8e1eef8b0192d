import DataFrames
import Testing

@Suite("The separator is guessed from all first records together")
struct SeparatorTests {
  struct Example: Sendable, CustomTestStringConvertible {
    let text: String
    let separator: Character?
    let content: String
    var testDescription: String { text }

    init(_ separator: Character?, _ text: String, _ content: String) {
      (self.text, self.separator, self.content) = (text, separator, content)
    }
  }

  static let examples = [
    // A blank loses to any other separator that splits all records evenly.
    Example(",", "start time,end time\nfirst one,second one\n", "start time=first one end time=second one"),
    Example(
      ",", "given name,family name\nAda May,Love Lace\nAlan M,Tur Ing\n",
      "given name=Ada May,Alan M family name=Love Lace,Tur Ing"),
    Example("\t", "first name\tlast name\nA B\tC D\n", "first name=A B last name=C D"),
    Example("|", "a b|c d\n1|x y\n2|z w\n", "a b=1,2 c d=x y,z w"),
    // Commas before blanks belong to the text.
    Example(";", "city, country;pop, total\nRome, IT;x, y\n", "city, country=Rome, IT pop, total=x, y"),
    Example(
      ";", "city, country;pop, total\nBerlin, DE;3\nParis, FR;2\n",
      "city, country=Berlin, DE,Paris, FR pop, total=3,2"),
    Example("\t", "name, unit\tvalue, kind\nx, m\t1, a\ny, s\t2, b\n", "name, unit=x, m,y, s value, kind=1, a,2, b"),
    Example("|", "who, where|what; why\na, b|c; d\n", "who, where=a, b what; why=c; d"),
    // Another mark inside some fields.
    Example(",", "a,b\n1,x;y\n2,z\n", "a=1,2 b=x;y,z"),
    Example(",", "a,b\n1,x|y\n2,z|w\n", "a=1,2 b=x|y,z|w"),
    Example(";", "a;b\n1;x,y\n2;z\n", "a=1,2 b=x,y,z"),
    Example("\t", "a\tb\n1\tx, y; z\n2\tu\n", "a=1,2 b=x, y; z,u"),
    // Quotes protect separators.
    Example(",", "a,b\n\"1;5\",x\n\"2;5\",y\n", "a=1;5,2;5 b=x,y"),
    Example(";", "\"a,b\";c\n\"x,y\";1\n", "a,b=x,y c=1"),
    // Quotes that enclose whole fields win over those inside fields.
    Example(";", "\"a\";\"b\"\n\"1,5\";\"2,5\"\n\"3,5\";\"4,5\"\n", "a=1.5,3.5 b=2.5,4.5"),
    Example("|", "\"a\"|\"b\"\n\"x,y\"|\"z,w\"\n\"u,v\"|\"s,t\"\n", "a=x,y,u,v b=z,w,s,t"),
    // A header as wide as the records wins over names of rows.
    Example(";", "Preis;Menge\n1,50 EUR;2.101\n2,50 EUR;3.102\n", "Preis=1.5,2.5 Menge=2101,3102"),
    // A line with a field too few does not change the separator.
    Example(",", "a,b,c\n1,x;2\n3,y,4\n5,z,6\n7,w,8\n", "a=1,3,5,7 b=x;2,y,z,w c=-,4,6,8"),
    // Blanks separate where nothing else does.
    Example(" ", "a b c\n1 2 3\n4 5 6\n", "a=1,4 b=2,5 c=3,6"),
    Example(" ", "a   b     c\n1   2     3\n10  20   30\n", "a=1,10 b=2,20 c=3,30"),
    Example(" ", "  a   b\n  1   2\n 10  20\n", "a=1,10 b=2,20"),
    Example(" ", "a b \n1 2 \n3 4  \n", "a=1,3 b=2,4"),
    Example("\t", "a \t b\n1 \t 2\n3\t4\n", "a=1,3 b=2,4"),
    Example(" ", "1 2\t\n3 4\n", "C1=1,3 C2=2,4"),
    Example(",", "two words\n1\n2\n", "two words=1,2"),
    // Excel's first line states the separator.
    Example(";", "sep=;\na;b\n1;2\n", "a=1 b=2"),
    Example("|", "\"sep=|\"\r\na|b\r\n1|2\r\n", "a=1 b=2"),
    Example(",", "\u{FEFF}sep=,\na,b\n1,2\n", "a=1 b=2"),
    Example("\t", "SEP=\t\na\tb\n1\t2\n", "a=1 b=2"),
    Example("^", "sep=^\na^b\n1^2\n", "a=1 b=2"),
    Example(";", "sep=;\n1,5;2\n3,5;4\n", "nil"),
  ]

  @Test("the separator splits all records evenly, and leaves no other separator in fields", arguments: examples)
  func guess(_ example: Example) throws {
    let frame = try Tables.read(example.text)
    #expect(frame.layout?.separator == example.separator)
    if example.content != "nil" { #expect(Tables.content(frame) == example.content) }
  }

  @Test("a semicolon wins over the decimal commas of the same lines")
  func decimalCommas() throws {
    for text in ["1,5;2,5\n3,5;4,5\n", "a;b\n1,5;2\n3,5;4\n", "a;b;c\n1.234,56;2,5;x\n2.345,67;3,5;y\n"] {
      #expect(try Tables.read(text).layout?.separator == ";", "\(text)")
    }
  }

  @Test("a separator that fits as well is named, with the key that settles it")
  func rivals() throws {
    let frame = try Tables.read("1,x;y\n2,z;w\n")
    #expect(frame.layout?.separator == ",")
    #expect(
      frame.warnings.contains {
        $0
          == "'t': fields are separated at ',', although ';' splits all lines as well; state separator if this is wrong"
      }, "\(frame.warnings)")
    #expect(try Tables.read("a,b\n1,2\n").warnings.isEmpty)
    #expect(try Tables.read("1,x;y\n2,z;w\n") { $0.separator = "," }.warnings.isEmpty)
  }

  @Test("the stated separator wins, unless no line contains it")
  func stated() throws {
    #expect(try Tables.content("1,5;2,5\n3,5;4,5\n") { $0.separator = "," } == "C1=1,3 C2=5;2,5;4 C3=5,5")
    #expect(try Tables.content("sep=;\na,b;c\n1,2;3\n") { $0.separator = "," } == "a=1 b;c=2;3")
    #expect(try Tables.content("a\n1\n2\n") { $0.separator = ";" } == "a=1,2")
    #expect(
      Tables.refusal("a,b\n1,2\n") { $0.separator = ";" }
        == "'t': separator is ';', but no line contains it, and ',' splits them into 2 fields; state separator: ','")
  }

  @Test("a mark beyond ASCII is not suggested as separator, which takes none")
  func markBeyondASCII() throws {
    let warnings = try Tables.read("name¦age\nBob¦3\nAl¦4\n").warnings
    #expect(
      warnings.contains(
        "'t': each record has one field, although all hold '¦' equally often; replace it in the file by an ASCII character "
          + "if it separates fields"), "\(warnings)")
  }

  @Test("a mark that all records hold equally often is named where no separator is found")
  func otherMarks() throws {
    for mark in ["^", "~", ":", "!"] {
      let frame = try Tables.read("name:age\nBob:3\nAl:4\n".replacing(":", with: mark))
      #expect(
        frame.warnings.contains(
          "'t': each record has one field, although all hold '\(mark)' equally often; state separator: '\(mark)' if it "
            + "separates fields"), "\(frame.warnings)")
    }
    let control = try Tables.read("name:age\nBob:3\nAl:4\n".replacing(":", with: "\u{1}")).warnings
    #expect(
      control.contains(
        "'t': each record has one field, although all hold the control character 1 equally often; state separator: "
          + "\"\\x01\" if it separates fields"), "\(control)")
    let table = try Tables.content("a\u{1}b\n1\u{1}2\n3\u{1}4\n") { $0.separator = "\u{1}" }
    #expect(table == "a=1,3 b=2,4")
    #expect(try Tables.read("time\n10:30\n11:45\n").warnings.isEmpty)
    #expect(try Tables.content("a^b\n1^2\n3^4\n") { $0.separator = "^" } == "a=1,3 b=2,4")
  }
}
