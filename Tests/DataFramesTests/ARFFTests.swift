import DataFrames
import Testing

@Suite("ARFF as Weka reads it")
struct ARFFTests {
  private let header = "@relation r\n@attribute a numeric\n@attribute b {x,'?','p q'}\n@attribute c string\n@data\n"

  @Test("a quoted question mark is a value, a bare one is missing")
  func questionMarks() throws {
    #expect(try Tables.content(header + "1,'?','?'\n?,?,?\n2,\"?\",\"NA\"\n") == "a=1,-,2 b=?,-,? c=?,-,NA")
    #expect(
      try Tables.content("@relation r\n@attribute b {x,NA}\n@data\nx\n'NA'\n?\n") == "b=x,NA,-")
    #expect(try Tables.content(header + "1,'?',x\n") { $0.missingWords = ["?"] } == "a=1 b=- c=x")
    #expect(try Tables.content(header + "{1 '?', 2 '?'}\n") == "a=0 b=? c=?")
  }

  @Test("weights of rows are left out, with a warning")
  func weights() throws {
    for rows in [
      "1,x,u,{5}\n2,'p q',v\n", "1,x,u, {0.5}\n2,'p q',v,{3}\n", "{0 1, 1 x, 2 u},{5}\n{0 2, 1 'p q', 2 v}\n",
    ] {
      let frame = try Tables.read(header + rows)
      #expect(Tables.content(frame) == "a=1,2 b=x,p q c=u,v", "\(rows)")
      #expect(frame.warnings.contains { $0.contains("end in a weight such as {5}, which is not read") })
    }
    #expect(try Tables.content(header + "1,x,{y}\n") == "a=1 b=x c={y}")
  }

  @Test("comments may stand behind a row or a declaration")
  func comments() throws {
    let text =
      "% top\n@relation r % the relation\n@attribute a numeric % in m\n@attribute b {x,'5 % y'}  % kinds\n"
      + "@data % rows\n1,x % first\n% alone\n2,'5 % y'\n   % indented\n"
    #expect(try Tables.content(text) == "a=1,2 b=x,5 % y")
    #expect(try Tables.content("@relation r\n@attribute b {5%,6%}\n@data\n5%\n6%\n") == "b=5%,6%")
  }

  @Test("the first row may stand behind @data")
  func dataLine() throws {
    let header = "@relation r\n@attribute a numeric\n@attribute b {x,y}\n"
    #expect(try Tables.content(header + "@data 1,x\n2,y\n") == "a=1,2 b=x,y")
    #expect(try Tables.content(header + "  @DATA\t1,x\r\n2,y\r\n") == "a=1,2 b=x,y")
    #expect(try Tables.content(header + "@data 1,x") == "a=1 b=x")
    #expect(Tables.refusal(header + "@data 1,x\n2,z\n").hasPrefix("'t':5: found 'z'"))
    #expect(Tables.refusal(header + "@data 1,z\n").hasPrefix("'t':4: found 'z'"))
  }

  @Test("a header without rows is a table without rows")
  func noRows() throws {
    let frame = try Tables.read("@relation r\n@attribute a numeric\n@attribute b {x,y}\n@data\n")
    #expect(frame.rowCount == 0)
    #expect(frame.columns.map(\.name) == ["a", "b"])
  }
}
