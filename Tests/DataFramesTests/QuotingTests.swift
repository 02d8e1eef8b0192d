import DataFrames
import Testing

@Suite("Quotes in fields")
struct QuotingTests {
  @Test("backslashes that escape quotes are recognised")
  func backslashes() throws {
    let examples = [
      ("a,b\n1,\"{\\\"k\\\": 1}\"\n2,x\n", "a=1,2 b={\"k\": 1},x"),
      ("a,b\n\"say \\\"hi\\\", you\",1\n\"x\",2\n", "a=say \"hi\", you,x b=1,2"),
      ("a;b\n\"\\\"\";1\n\"y\";2\n", "a=\",y b=1,2"),
      ("a,b\n\"C:\\\\dir, \\\"x\\\"\",1\n", "a=C:\\dir, \"x\" b=1"),
      ("a,b\n\"two\\\"\nlines\",1\n", "a=two\"\nlines b=1"),
      ("a,b\n\"\\n \\\"q\\\" \\t\",1\n", "a=\\n \"q\" \\t b=1"),
    ]
    for (text, content) in examples { #expect(try Tables.content(text) == content, "\(text)") }
  }

  @Test("a backslash escapes nothing where quotes are doubled")
  func doubled() throws {
    let examples = [
      ("a,b\n\"C:\\dir\\\",1\n\"x\",2\n", "a=C:\\dir\\,x b=1,2"),
      ("a,b\n\"say \"\"hi\"\"\",1\n", "a=say \"hi\" b=1"),
      ("a,b\n\"\"\"\",1\n\"\"\"x\"\"\",2\n", "a=\",\"x\" b=1,2"),
      ("a,b\n\"x\\y\",1\n", "a=x\\y b=1"),
    ]
    for (text, content) in examples { #expect(try Tables.content(text) == content, "\(text)") }
  }

  @Test("text behind a closing quote is counted, and refused beyond the limit")
  func strayText() throws {
    let text = "size,n\n\"5\" inch,1\n7,2\n\"6\" inch,3\n"
    #expect(
      Tables.refusal(text)
        == "'t':2: text follows a closing quote (2 such fields); double the quotes inside quoted fields, or state "
        + "a larger max_bad_fields")
    let frame = try Tables.read(text) { $0.maximumBadFields = 2 }
    #expect(Tables.content(frame) == "size=5 inch,7,6 inch n=1,2,3")
    #expect(frame.warnings.contains { $0.hasSuffix("the text behind the quotes becomes part of these fields") })
    #expect(try Tables.content("a,b\n\"x\" ,1\n \"y\"  ,2\n") == "a=x,y b=1,2")
    #expect(Tables.refusal("a,b\n1,\"x\"y\n").hasPrefix("'t':2: text follows"))
    #expect(Tables.refusal("a\n\"x\"y\"\n").hasPrefix("'t':2: text follows"))
  }

  @Test("quotes that nothing escapes belong to their fields, with a warning, if all lines are even then")
  func bareQuotes() throws {
    let examples = [
      ("id,t\n1,\"a 5\" disk\"\n2,\"plain\"\n", "id=1,2 t=a 5\" disk,plain"),
      ("id,t\n1,\"he said \"hi\" to me\"\n2,x\n", "id=1,2 t=he said \"hi\" to me,x"),
      ("id;t;n\n1;\"\"so\", he said\";3\n2;\"\";4\n", "id=1,2 t=\"so\", he said,- n=3,4"),
      ("t,n\n\"say \"hi, you\" twice\" ,1\n\"two\nlines\",2\n", "t=say \"hi, you\" twice,two\nlines n=1,2"),
    ]
    for (text, content) in examples {
      let frame = try Tables.read(text)
      #expect(Tables.content(frame) == content, "\(text)")
      #expect(frame.warnings.contains { $0.hasPrefix("'t':2: quotes inside quoted fields are not doubled") }, "\(text)")
    }
  }

  @Test("quotes that nothing escapes may come late in the first block")
  func lateBareQuotes() throws {
    let plain = (0..<5000).map { "\($0),\"word\"\n" }.joined()
    let frame = try Tables.read("id,t\n" + plain + "5000,\"a \"b\" c\"\n" + plain)
    #expect(frame.rowCount == 10_001)
    #expect(frame.columns[1].text(at: 5000) == "a \"b\" c")
    #expect(frame.warnings.contains { $0.hasPrefix("'t':5002: quotes inside quoted fields are not doubled") })
  }

  @Test("a quote that swallows records is an error at its line")
  func swallowedRecords() throws {
    let examples = [
      ("a,b\n1,\"x\n2,y\n3,\"z\"\n", 2),
      ("a,b\n1,u\n2,\"v\n3,w\n4,\"x\"\n5,y\n", 3),
      ("a,b\n\"x,1\ny,2\n\"z\",3\n", 2),
      ("a,b\n1,\"x\n2,y\n", 2),
      ("a,b\n1,x\n2,\"y", 3),
    ]
    for (text, line) in examples {
      #expect(Tables.refusal(text).hasPrefix("'t':\(line): a quote opens here"), "\(text)")
    }
    #expect(try Tables.content("a,b\n1,\"x\ny\"\n2,\"z\"\n") == "a=1,2 b=x\ny,z")
  }

  @Test("a swallowing quote is found in a large table too")
  func largeTables() throws {
    let rows = String(repeating: "1,\"x\"\n", count: 900_000)
    #expect(Tables.refusal("a,b\n" + rows + "1,\"x\n" + rows).hasPrefix("'t':900002: a quote opens here"))
  }

  @Test("H2O's rules leave out the text behind a closing quote")
  func looseRules() throws {
    #expect(try Tables.content("a,b\n1,\"x\"y\n2,z\n") { $0.rules.types = .byMajority } == "a=1,2 b=x,z")
  }
}
