import DataFrames
import Testing

@Suite("Lines that are not records")
struct OddLineTests {
  @Test("comments above a table are skipped")
  func comments() throws {
    let examples = [
      ("# made by x\na,b\n1,2\n", "a=1 b=2"),
      ("# one, two\n# three\n\na,b\n1,2\n", "a=1 b=2"),
      ("# made, by\na,b\n1,2\n", "a=1 b=2"),
      ("% note\na;b\n1;2\n", "a=1 b=2"),
      ("// note\na\tb\n1\t2\n", "a=1 b=2"),
      ("\u{FEFF}# note\na,b\n1,2\n", "a=1 b=2"),
      ("# it's \"quoted\na,b\n1,\"x\"\n", "a=1 b=x"),
      // The last comment is the header.
      ("# a,b\n1,2\n3,4\n", "a=1,3 b=2,4"),
      ("# a b\n1.5 2.5\n", "a=1.5 b=2.5"),
      ("##format=VCF\n#CHROM\tPOS\n1\t5\n2\t6\n", "#CHROM=1,2 POS=5,6"),
      ("#id,name\nx,y\nz,w\n", "#id=x,z name=y,w"),
      ("%change,name\nx,y\nz,w\n", "%change=x,z name=y,w"),
      ("#,name\n1,x\n2,y\n", "#=1,2 name=x,y"),
      // Not comments.
      ("color,n\n#ff0000,1\n#00ff00,2\n", "color=#ff0000,#00ff00 n=1,2"),
      ("#a\n#b\n", "#a=#b"),
    ]
    for (text, content) in examples { #expect(try Tables.content(text) == content, "\(text)") }
  }

  @Test("lines of tabs are rows without values, or no records, and do not hide the separator")
  func emptyTabLines() throws {
    let examples = [
      ("a\tb\n1\t2\n\t\n\t\t\n3\t4\n", "a=1,-,3 b=2,-,4"),
      ("a\tb\tc\n1\t2\t3\n\t\t\n4\t5\t6\n\t\t\t\n", "a=1,-,4 b=2,-,5 c=3,-,6"),
      ("a\tb\n\t\t\t\n1\t2\n", "a=1 b=2"),
      ("a;b\n1;2\n;\n;;;\n3;4\n", "a=1,-,3 b=2,-,4"),
      ("a|b|c\n1|x|2\n|||||\n||\n3|y|4\n", "a=1,-,3 b=x,-,y c=2,-,4"),
    ]
    for (text, content) in examples { #expect(try Tables.content(text) == content, "\(text)") }
  }

  @Test("a stated comment mark is skipped everywhere")
  func statedComments() throws {
    let examples = [
      ("a,b\n1,2\n# in the middle\n3,4\n", "a=1,3 b=2,4"),
      ("# x\na,b\n# it's \"odd\n1,\"2\n3\"\n#end", "a=1 b=2\n3"),
      ("#a,b\nc,d\n1,2\n", "c=1 d=2"),
    ]
    for (text, content) in examples {
      #expect(try Tables.content(text) { $0.comment = "#" } == content, "\(text)")
    }
    #expect(try Tables.content("; x\na,b\n1,2\n") { $0.comment = ";" } == "a=1 b=2")
    #expect(
      try Tables.content("a,b\n1,2\n# x\n3,4\n") {
        $0.comment = "#"
        $0.rules.types = .byMajority
      } == "a=1,3 b=2,4")
  }

  @Test("an unstated comment in the middle is named with the keys that skip it")
  func middleComments() throws {
    let warnings = try Tables.read("a,b\nx,2\n# remark\ny,4\n").warnings
    #expect(
      warnings.contains {
        $0 == "'t':3: fewer than 2 fields (1 such line); the absent fields count as missing; "
          + "state comment or skip_lines if such lines are not records"
      }, "\(warnings)")
  }

  @Test("stated lines are skipped")
  func skippedLines() throws {
    #expect(try Tables.content("Report\nof, today, x\na,b\n1,2\n") { $0.skippedLines = 2 } == "a=1 b=2")
    #expect(try Tables.content("\r\n\"open\r\na;b\r\n1;2\r\n") { $0.skippedLines = 2 } == "a=1 b=2")
    #expect(try Tables.content("x\ra,b\r1,2\r") { $0.skippedLines = 1 } == "a=1 b=2")
    #expect(
      try Tables.content("x\na,b\n1,2\n") {
        $0.skippedLines = 1
        $0.rules.types = .byMajority
      } == "a=1 b=2")
    #expect(
      Tables.refusal("a\n1\n") { $0.skippedLines = 3 } == "'t': skip_lines is 3, but the file has only 2 lines")
    let table = try Tables.read("Report\n\na,b\n1,2\n3,4\n")
    #expect(Tables.content(table) == "a=1,3 b=2,4")
    #expect(table.warnings.contains { $0.contains("skip_lines: 2") }, "\(table.warnings)")
    let misfit = Tables.refusal("Report\na,b\n1,2\nx,y,z\n") { $0.skippedLines = 1 }
    #expect(misfit.hasPrefix("'t':4: more than 2 fields"), "\(misfit)")
  }

  @Test("Ctrl-Z at the end of a file of DOS is not a record")
  func endMark() throws {
    let examples = [
      ("a,b\n1,2\n\u{1A}", "a=1 b=2"), ("a,b\r\n1,2\r\n\u{1A}\r\n", "a=1 b=2"), ("a\n1\n\u{1A}\u{1A}", "a=1"),
      ("a,b\n1,2\u{1A}", "a=1 b=2"), ("1 1:2\n\u{1A}", "C1=1 C2=2"),
      ("@relation r\n@attribute a numeric\n@data\n1\n\u{1A}", "a=1"),
    ]
    for (text, content) in examples { #expect(try Tables.content(text) == content, "\(text)") }
  }

  @Test("lines of blanks, tabs, or too many separators are empty")
  func blankLines() throws {
    let examples = [
      ("a,b\n1,2\n\t\t\n3,4\n", "a=1,3 b=2,4"), ("a,b\n1,2\n   \n", "a=1 b=2"), ("a\n1\n \t \n2\n", "a=1,2"),
      ("a,b\n1,2\n,,,,\n", "a=1 b=2"), ("a;b\n1;2\n;;;\n3;4\n", "a=1,3 b=2,4"), (" \na,b\n1,2\n", "a=1 b=2"),
      ("a\tb\n1\t2\n\t\t\t\n", "a=1 b=2"), ("a b\n1 2\n  \n3 4\n", "a=1,3 b=2,4"),
      // As many separators as in a record make a record of missing fields.
      ("a,b\n1,2\n,\n3,4\n", "a=1,-,3 b=2,-,4"), ("a\tb\n1\t2\n\t\n3\t4\n", "a=1,-,3 b=2,-,4"),
      // Unless they end the table.
      ("a\tb\n1\t2\n\t\n", "a=1 b=2"),
    ]
    for (text, content) in examples { #expect(try Tables.content(text) == content, "\(text)") }
  }

  @Test("a single odd last line is named and not read")
  func lastLine() throws {
    let examples = [
      ("a,b\n1,2\n3,4\nTotal rows: 2\n", "a=1,3 b=2,4"), ("name,n\nx,2\ny,4\nTotal rows: 2", "name=x,y n=2,4"),
      ("a;b;c\n1;2;3\nEnd of file\n\n", "a=1 b=2 c=3"), ("a\tb\nx\t1\n(2 rows affected): ok\n", "a=x b=1"),
      ("a,b\n1,2\nsource unknown\r\n", "a=1 b=2"),
    ]
    for (text, content) in examples {
      let frame = try Tables.read(text)
      #expect(Tables.content(frame) == content, "\(text)")
      #expect(frame.warnings.contains { $0.contains("the last line") && $0.contains("is not read") }, "\(text)")
    }
    #expect(
      try Tables.read("a,b\n1,2\n3,4\nTotal rows: 2\n").warnings == [
        "'t':4: the last line, 'Total rows: 2', has 1 field where all others have 2, and is not read"
      ])
    // Cut off records stay.
    #expect(try Tables.content("name,n\nx,2\ny\n") == "name=x,y n=2,-")
    #expect(try Tables.content("a,b\n1,2\n3\n") == "a=1,3 b=2,-")
    #expect(try Tables.content("a\n1\n2\n") == "a=1,2")
  }
}
