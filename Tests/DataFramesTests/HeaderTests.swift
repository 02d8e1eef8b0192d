import DataFrames
import Testing

@Suite("The header is guessed from the kinds of fields")
struct HeaderTests {
  struct Example: Sendable, CustomTestStringConvertible {
    let text: String
    let content: String
    var testDescription: String { text }

    init(_ text: String, _ content: String) { (self.text, self.content) = (text, content) }
  }

  static let headers = [
    // Numbers in the header.
    Example("country,2019,2020\nDE,1.5,2.5\n", "country=DE 2019=1.5 2020=2.5"),
    Example("country,2019,2020\nDE,1,2\nFR,3,4\n", "country=DE,FR 2019=1,3 2020=2,4"),
    Example("country;2020;2010;2000\nDE;7;8;9\n", "country=DE 2020=7 2010=8 2000=9"),
    Example("country,2019\nDE,5\nFR,6\n", "country=DE,FR 2019=5,6"),
    Example("label,0,1,2\n5,0,0,0\n4,0,9,0\n", "label=5,4 0=0,0 1=0,9 2=0,0"),
    Example("label,1x1,1x2\n5,0,0\n", "label=5 1x1=0 1x2=0"),
    Example("id,10,20,30\n1,5,6,7\n2,8,9,10\n", "id=1,2 10=5,8 20=6,9 30=7,10"),
    Example("y,1,2,3\n0.5,4,5,6\n", "y=0.5 1=4 2=5 3=6"),
    Example(",0,1\n0,1.5,2.5\n1,3.5,4.5\n", "C1=0,1 0=1.5,3.5 1=2.5,4.5"),
    Example("0,1,2\n1.5,2.5,3.5\n4.5,5.5,6.5\n", "0=1.5,4.5 1=2.5,5.5 2=3.5,6.5"),
    Example("0,1\n0.25,0.75\n", "0=0.25 1=0.75"),
    Example(
      "400,410,420,class\n0.956,0.948,0.057,a\n0.1,0.2,0.3,b\n", "400=0.956,0.1 410=0.948,0.2 420=0.057,0.3 class=a,b"),
    Example("5,10,50\n0.5,1.5,2.5\n", "5=0.5 10=1.5 50=2.5"),
    Example("0,1,2\n7,8,9\n", "0=7 1=8 2=9"),
    Example("0,1\nx,y\nz,w\n", "0=x,z 1=y,w"),
    Example("country,2020-01,2020-02\nDE,1,2\nFR,3,4\n", "country=DE,FR 2020-01=1,3 2020-02=2,4"),
    Example("\"2019\",\"2020\"\n15,25\n", "2019=15 2020=25"),
    // Empty and repeated names.
    Example("Answer,,\nx,y,z\n", "Answer=x C2=y C3=z"),
    Example("a,,c,\n1,2,3,4\n", "a=1 C2=2 c=3 C4=4"),
    Example("C3,,\nx,y,z\n", "C3=x C2=y C3.1=z"),
    Example("C2,\n1,2\n", "C2=1 C2.1=2"),
    Example("name,name\nx,y\n", "name=x name.1=y"),
    Example("a,a,a,b\n1,2,3,4\n", "a=1 a.1=2 a.2=3 b=4"),
    Example("a,a,a.1\n1,2,3\n", "a=1 a.2=2 a.1=3"),
    Example("a.1,a,a\n1,2,3\n", "a.1=1 a=2 a.2=3"),
    // Words over numbers or times, and words that do not occur below.
    Example("a,b\nx,1\n", "a=x b=1"),
    Example("a,when\nx,2020-01-02\n", "a=x when=1577923200000"),
    Example("a,b\nx,y\nz,w\n", "a=x,z b=y,w"),
    Example("x\n1\n2\n", "x=1,2"),
    Example("\"a\",\"b\"\n\"x\",\"y\"\n", "a=x b=y"),
  ]

  @Test("a first record unlike the others is a header", arguments: headers)
  func header(_ example: Example) throws {
    let frame = try Tables.read(example.text)
    #expect(Tables.content(frame) == example.content)
    #expect(frame.layout?.hasHeader == true)
  }

  static let records = [
    Example("1,2\n3,4\n", "C1=1,3 C2=2,4"),
    Example("0,1\n1,0\n1,1\n", "C1=0,1,1 C2=1,0,1"),
    Example("1,2,3\n4,5,6\n", "C1=1,4 C2=2,5 C3=3,6"),
    Example("DE,1,2\nFR,3,4\n", "C1=DE,FR C2=1,3 C3=2,4"),
    Example("DE,0,1\nFR,1,0\n", "C1=DE,FR C2=0,1 C3=1,0"),
    Example("5.1,3.5,setosa\n4.9,3.0,setosa\n", "C1=5.1,4.9 C2=3.5,3 C3=setosa,setosa"),
    Example("1,x\n2,y\n", "C1=1,2 C2=x,y"),
    Example("p,x\ne,x\np,s\n", "C1=p,e,p C2=x,x,s"),
    Example("2019,5\n2020,6\n", "C1=2019,2020 C2=5,6"),
    Example("2019,2020\n2021,2022\n", "C1=2019,2021 C2=2020,2022"),
    Example("2020-01-02,1\n2020-01-03,2\n", "C1=1577923200000,1578009600000 C2=1,2"),
    Example("NA,1\nx,2\n", "C1=-,x C2=1,2"),
    Example("1\n2\n3\n", "C1=1,2,3"),
    Example("0\n1.5\n2.5\n", "C1=0,1.5,2.5"),
    Example("1,2\n", "C1=1 C2=2"),
    Example("x,2\n", "C1=x C2=2"),
    Example("1,5\n0.5,0.7\n", "C1=1,0.5 C2=5,0.7"),
    Example("5,1,3\n0.5,0.7,0.1\n", "C1=5,0.5 C2=1,0.7 C3=3,0.1"),
  ]

  @Test("a first record like the others is a record", arguments: records)
  func record(_ example: Example) throws {
    let frame = try Tables.read(example.text)
    #expect(Tables.content(frame) == example.content)
    #expect(frame.layout?.hasHeader == false)
  }

  @Test("a doubtful header is named, with the key that settles it")
  func doubts() throws {
    let counted = try Tables.read("0,1,2\n7,8,9\n")
    #expect(
      counted.warnings == [
        "'t': the first record ('0', '1', '2') is read as the names of the columns; "
          + "if it is a record, state header: false"
      ])
    #expect(try Tables.content("0,1,2\n7,8,9\n") { $0.header = false } == "C1=0,7 C2=1,8 C3=2,9")
    #expect(try Tables.read("0,1,2\n7,8,9\n") { $0.header = true }.warnings.isEmpty)
    #expect(try Tables.read("a,5.5\n1,2.5\n3,4.5\n").warnings.contains { $0.contains("state header: true") })
    #expect(try Tables.read("label,0,1\n5,6,7\n").warnings.isEmpty)
    #expect(try Tables.read("country,2019,2020\nDE,1.5,2.5\n").warnings.isEmpty)
  }

  @Test("the name of a column that the job uses makes a header")
  func usedNames() throws {
    let text = "3,5\n7,8\n"
    #expect(try Tables.content(text) == "C1=3,7 C2=5,8")
    #expect(try Tables.content(text) { $0.columnTypes = ["5": .number] } == "3=7 5=8")
    #expect(try Tables.content("a,b\n") { $0.knownTypes = ["b": .number] } == "a= b=")
  }

  @Test("repeated names are renamed with a warning")
  func duplicates() throws {
    #expect(
      try Tables.read("a,b,a,a\n1,2,3,4\n").warnings == [
        "'t': the header holds 'a' more than once; the later columns are named 'a.1', 'a.2'"
      ])
  }

  @Test("a header without records is a table without rows")
  func noRows() throws {
    for text in ["a,b,c\n", "a,b,c", "\na;b;c\r\n\r\n", "\"a\"\t\"b\"\t\"c\"\n"] {
      let frame = try Tables.read(text)
      #expect(frame.columns.map(\.name) == ["a", "b", "c"])
      #expect(frame.rowCount == 0)
    }
    #expect(try Tables.read("a,2\n") { $0.header = true }.columns.map(\.name) == ["a", "2"])
    #expect(Tables.refusal("") == "'t': the table has no rows")
    #expect(Tables.refusal("\n\n") == "'t': the table has no rows")
    #expect(
      Tables.refusal("a,b\n") {
        $0.rules.types = .byMajority; $0.header = true
      } == "'t': the table has no rows")
    let pieces = try Tables.withFile(Array("a,b\n".utf8)) { path in
      var options = ReadOptions()
      options.knownTypes = ["a": .number, "b": .categorical]
      let stream = try FrameStream(path, name: "t", options: options)
      return [try stream.next(), try stream.next()]
    }
    #expect(pieces[0]?.columns.map(\.name) == ["a", "b"])
    #expect(pieces[0]?.rowCount == 0)
    #expect(pieces[1] == nil)
  }

  @Test("a separator more in the records than in the header belongs to an empty last column, or to names of rows")
  func widerRecords() throws {
    let examples = [
      ("a,b\n1,2,\n", "a=1 b=2"),
      ("a,b\n1,2,\n3,,\n", "a=1,3 b=2,-"),
      ("a;b\nx;y;\nz;w;\n", "a=x,z b=y,w"),
      ("\"x\",\"y\"\n\"1\",5,6\n\"2\",7,8\n", "C1=1,2 x=5,7 y=6,8"),
      ("x y\n1 5 6\n2 7 8\n3 9 10\n", "C1=1,2,3 x=5,7,9 y=6,8,10"),
      ("mpg,cyl\nMazda,21,6\nFiat,22.8,4\n", "C1=Mazda,Fiat mpg=21,22.8 cyl=6,4"),
      ("\"x\"\n\"a\",1\n\"b\",2\n", "C1=a,b x=1,2"),
      ("C1,y\nu,1,2\nv,3,4\n", "C1.1=u,v C1=1,3 y=2,4"),
      ("a,b,\n1,2\n3,4\n", "a=1,3 b=2,4"),
      ("a,b,\n1,2,\n3,4,\n", "a=1,3 b=2,4 C3=-,-"),
    ]
    for (text, content) in examples { #expect(try Tables.content(text) == content, "\(text)") }
    #expect(Tables.refusal("a,b\n1,2,3\n").hasPrefix("'t':2: more than 2 fields (1 such line)"))
    #expect(Tables.refusal("a,b\n5,2,3\n5,1,4\n").hasPrefix("'t':2: more than 2 fields (2 such lines)"))
    let late = "a,b\n" + String(repeating: "1,2,\n", count: 2000) + "1,2,3\n"
    #expect(Tables.refusal(late).hasPrefix("'t':2002: more than 2 fields (1 such line)"))
  }

  @Test("the first field of lines that are one field longer names the row, with a warning unless it is in quotes")
  func rowNames() throws {
    func warning(_ second: String) -> String {
      "'t': the lines have one field more than the header, so the first is read as the name of the row, and the second as "
        + "'\(second)'; if the header lacks a name, add it"
    }
    let quotes = "; if a field holds the separator, enclose it in double quotes"
    #expect(try Tables.read("city,pop\nBerlin,3,645\nParis,2,100\n").warnings == [warning("city") + quotes])
    #expect(
      try Tables.read("id,t\nx,'a,b'\ny,'c,d'\n").warnings
        == [warning("id") + quotes + ", because single quotes enclose no field"])
    #expect(try Tables.read("\"x\",\"y\"\n\"a\",5,6\n\"b\",7,8\n").warnings.isEmpty)
    #expect(try Tables.read("x,y\n1,5,6\n2,7,8\n").warnings == [warning("x")])
  }

  @Test("a header in a comment is found behind other comments, and where a header is stated")
  func comments() throws {
    for header in [nil, true] {
      #expect(try Tables.content("#a,b\n1,2\n3,4\n") { $0.header = header } == "#a=1,3 b=2,4")
      #expect(try Tables.content("# a,b\n1,2\n3,4\n") { $0.header = header } == "a=1,3 b=2,4")
      #expect(try Tables.content("# made by x, y\na,b\n1,2\n") { $0.header = header } == "a=1 b=2")
    }
    let frame = try Tables.read("#a,b\n#1,2\n3,4\n5,6\n")
    #expect(Tables.content(frame) == "a=3,5 b=4,6")
    #expect(
      frame.warnings == [
        "'t':2: the line ('#1', '2') is read as a comment, although it has as many fields as the records; if it is a record, "
          + "state comment with a character that begins no line"
      ])
    #expect(try Tables.content("#a,b\n#1,2\n3,4\n") { $0.comment = "!" } == "#a=#1,3 b=2,4")
  }

  @Test("many equal names take linear time, and are named in part")
  func manyDuplicates() throws {
    let frame = try Tables.read(
      String(repeating: "a,", count: 20_000) + "a\n" + String(repeating: "1,", count: 20_000) + "1\n")
    #expect(frame.columns.last?.name == "a.20000")
    #expect(frame.warnings.count == 1 && frame.warnings[0].hasSuffix("'a.10' and so on, 20000 in all"))
  }

  @Test("a line of dashes below the header is not a record")
  func rules() throws {
    #expect(try Tables.content("a;b\n---;---\n1;2\n3;4\n") == "a=1,3 b=2,4")
    #expect(try Tables.content("a|b\n======|===\n1|x\n3|y\n") == "a=1,3 b=x,y")
    #expect(try Tables.content(" a | b \n---+---\n 1 | 2\n 3 | 4\n") == "a=1,3 b=2,4")
    #expect(try Tables.read("a;b\n---;---\nx;2\n3\n").warnings.contains { $0.hasPrefix("'t':4: fewer than 2 fields") })
    #expect(try Tables.content("a;b\n-;-\n1;2\n") == "a=-,1 b=-,2")
  }

  @Test("an empty field more in some lines is not read")
  func emptyEnds() throws {
    let frame = try Tables.read("a;b\n1;2\n3;4;\n5;6;\n7;8\n9;0\n")
    #expect(Tables.content(frame) == "a=1,3,5,7,9 b=2,4,6,8,0")
    #expect(
      frame.warnings == ["'t':3: an empty field more than the header has (2 such lines), which is not read"])
    #expect(Tables.refusal("a;b\n1;2\n3;4;5\n5;6\n").hasPrefix("'t':3: more than 2 fields"))
  }
}
