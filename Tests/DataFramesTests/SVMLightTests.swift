import DataFrames
import Testing

@Suite("SVMLight")
struct SVMLightTests {
  struct Example: Sendable, CustomTestStringConvertible {
    let text: String
    let content: String
    var testDescription: String { text }

    init(_ text: String, _ content: String) { (self.text, self.content) = (text, content) }
  }

  static let examples = [
    // Rows without features.
    Example("0\n1 1:2\n", "C1=0,1 C2=0,2"),
    Example("0\n0\n1\n1 2:3 \n", "C1=0,0,1,1 C2=0,0,0,0 C3=0,0,0,3"),
    Example("-1 # none\n+1 1:2", "C1=-1,1 C2=0,2"),
    Example(
      String(repeating: "0\n", count: 30) + "1 1:7\n",
      "C1=" + String(repeating: "0,", count: 30) + "1 C2="
        + String(repeating: "0,", count: 30) + "7"),
    // The first feature has index 0.
    Example("1 0:5 1:6\n0 1:7\n", "C1=1,0 C2=5,0 C3=6,7"),
    Example("1 1:6\n0 0:5 2:7\n", "C1=1,0 C2=0,5 C3=6,0 C4=0,7"),
    Example("1 0:5\n", "C1=1 C2=5"),
    Example("1 1:5 2:6\n", "C1=1 C2=5 C3=6"),
    // Order of indexes, queries, blanks and comments.
    Example("1 3:7 1:5\n2 2:6\n", "C1=1,2 C2=5,0 C3=0,6 C4=7,0"),
    Example("1 2:6 0:5\n0 1:1\n", "C1=1,0 C2=5,0 C3=0,1 C4=6,0"),
    Example("2.5 qid:1 2:6 1:5\n1 qid:2 1:1\n", "C1=2.5,1 C2=5,1 C3=6,0"),
    Example("1\t1:2  2:3\r\n\r\n0 1:4 # x:y\r\n", "C1=1,0 C2=2,4 C3=3,0"),
    Example("# comment\n1 1:2\n", "C1=1 C2=2"),
    Example("1e-1 1:-2.5e3\n", "C1=0.1 C2=-2500"),
  ]

  @Test("rows of pairs are a table", arguments: examples)
  func rows(_ example: Example) throws {
    let frame = try Tables.read(example.text)
    #expect(Tables.content(frame) == example.content)
    #expect(frame.layout?.format == .svmlight)
  }

  @Test("declared columns hold the features of rows in any order")
  func declaredColumns() throws {
    let content = try Tables.content("1 3:7 1:5\n2 2:6\n") { $0.columnTypes = ["C2": .number, "C4": .categorical] }
    #expect(content == "C1=1,2 C2=5,0 C3=0,6 C4=7,0")
  }

  @Test("a stated index of the first feature wins, unless the file contradicts it")
  func indexBase() throws {
    #expect(try Tables.content("1 1:5\n") { $0.indexBase = 0 } == "C1=1 C2=0 C3=5")
    #expect(try Tables.content("1 1:5\n") { $0.indexBase = 1 } == "C1=1 C2=5")
    #expect(
      Tables.refusal("1 1:5\n0 0:5\n") { $0.indexBase = 1 }
        == "'t':2: found '0:5', expected indexes from 1; state index_base: 0 if the first feature has index 0")
    #expect(Tables.refusal("1 1:5\n0 0:5\n") { $0.rules.types = .byMajority }.hasPrefix("'t':2: found '0:5'"))
  }

  @Test("a duplicate index, a bad label or a bad pair is refused at its line")
  func faults() {
    let examples = [
      ("1 1:1 1:2\n", "'t':1: found '1:2', expected distinct indexes"),
      ("1 1:1\n1 2:1 1:1 2:3\n", "'t':2: found '2:3', expected distinct indexes"),
      ("cat 1:1\n", "'t':1: found 'cat', expected a numeric label"),
      ("1 1:1\ndog 1:2 3:4\n", "'t':2: found 'dog', expected a numeric label"),
      ("1:0.5 1:2\n", "'t':1: found '1:0.5', expected a numeric label"),
      ("1 1:1\n1 2:y\n", "'t':2: found '2:y', expected a pair of numbers"),
      ("1 1:1\n1 2000000:3\n", "'t':2: found '2000000:3', expected indexes up to"),
    ]
    for (text, message) in examples { #expect(Tables.refusal(text).hasPrefix(message), "\(text)") }
  }

  @Test("times and other texts with colons are no pairs")
  func otherTexts() throws {
    #expect(try Tables.read("5 10:30:00\n6 11:45:00\n").layout?.format == .csv)
    #expect(try Tables.read("Monday 10:30\nTuesday 11:45\n").layout?.format == .csv)
    #expect(try Tables.read("a b:c\nx e:f\n").layout?.format == .csv)
    #expect(try Tables.read("1\n2\n3\n").layout?.format == .csv)
  }

  @Test("columns of times are no features")
  func times() throws {
    for text in ["5 10:30\n6 11:45\n", "a 10:30 11:45\nb 9:15 10:00\n"] {
      #expect(try Tables.read(text).layout?.format == .csv, "\(text)")
    }
    for text in ["1 1:30\n0 2:45 3:10\n", "1 3:75\n0 4:80\n"] {
      #expect(try Tables.read(text).layout?.format == .svmlight, "\(text)")
    }
  }
}
