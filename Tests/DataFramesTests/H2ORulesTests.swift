import DataFrames
import Testing

/// What was read before the guesses of the default rules existed, and what H2O 3.46.0.12 reads.
@Suite("H2O's rules keep their guesses of separator and header")
struct H2ORulesTests {
  struct Example: Sendable, CustomTestStringConvertible {
    let text: String
    let content: String
    var testDescription: String { text }

    init(_ text: String, _ content: String) { (self.text, self.content) = (text, content) }
  }

  static let golden = [
    Example("a,b\n1,x\n2,y\n3,x\n4,y\n", "a=1,2,3,4 b=x,y,x,y"),
    Example("country,2019,2020\nDE,1.5,2.5\nDE,3.5,4.5\n", "C1=country,DE,DE C2=2019,1.5,3.5 C3=2020,2.5,4.5"),
    Example("0,1,2\n1.5,2.5,3.5\n", "C1=0,1.5 C2=1,2.5 C3=2,3.5"),
    Example("label,0\n5,1\n", "C1=-,5 C2=0,1"),
    Example("# note\n1\n2\n", "# note=1,2"),
    Example("a,b\n1,2\n\u{1A}", "a=1,- b=2,-"),
    Example("a,b\n1,\"x\"y\n2,\"x\"\n3,\"z\"\n4,z\n", "a=1,2,3,4 b=x,x,z,z"),
    Example("a,b\n1,2\n \t\n3,4\n", "a=1,-,3 b=2,-,4"),
    Example("a,b,\n1,2,\n3,4,\n", "a=1,3 b=2,4 C3=-,-"),
    Example("a,b\n1,2\nTotal rows: 2\n", "a=1,- b=2,-"),
  ]

  @Test("texts are read as before", arguments: golden)
  func unchanged(_ example: Example) throws {
    let content = try Tables.content(example.text) {
      $0.rules.types = .byMajority
      $0.rules.fields = .loose
    }
    #expect(content == example.content)
  }

  @Test("repeated names stay an error, and so does a header without rows")
  func refusals() {
    let rules = { (options: inout ReadOptions) in options.rules.types = .byMajority }
    #expect(
      Tables.refusal("a,a\n1,2\n", rules) == "'t': column 'a' appears twice in the header; rename one of them")
    #expect(Tables.refusal("a,b\n", rules) == "no error: C1=a C2=b")
    #expect(Tables.refusal("a,b\n1,2,3\n", rules).hasPrefix("'t':2: more than 2 fields"))
    #expect(Tables.refusal("1 2:1 1:2\n", rules) == "no error: C1=1 C2=2 C3=1")
  }
}
