import DataFrames
import Foundation
import JobFiles
import Testing

/// Reads `text` as a file with the options of a job.
func frame(_ text: String, job: String = "") throws -> Frame {
  try frame(Data(text.utf8), job: job)
}

func frame(_ data: Data, job: String = "") throws -> Frame {
  let path = NSTemporaryDirectory() + "frame-\(UUID().uuidString).csv"
  try data.write(to: URL(fileURLWithPath: path))
  defer { try? FileManager.default.removeItem(atPath: path) }
  let text = "training_frame: f.csv\nresponse_column: y\n\(job)\n"
  return try FrameReader.read(
    path, name: "f.csv", options: ReadOptions(try JobFileReader.read(Array(text.utf8), file: "j")))
}

@Suite("Reading CSV")
struct CSVTests {
  /// Text, options, and the table as `name:type=values` with `-` for missing.
  static let good: [(String, String, String)] = [
    ("a,b\n1,x\n2,y\n", "", "a:int=1,2 b:enum=x,y"),
    ("a,b\n1,x\n2,y", "", "a:int=1,2 b:enum=x,y"),
    ("a;b\r\n1;x\r\n2;y\r\n", "", "a:int=1,2 b:enum=x,y"),
    ("a\tb\r1\tx\r2\ty\r", "", "a:int=1,2 b:enum=x,y"),
    ("a|b\n1|x\n\n2|y\n\n", "", "a:int=1,2 b:enum=x,y"),
    ("1,x\n2,y\n", "", "C1:int=1,2 C2:enum=x,y"),
    ("1, x\n2, y\n", "column_names: [a, b]", "a:int=1,2 b:enum=x,y"),
    ("a,b\n1.5,x\n-2e3,y\n.5,z\n", "", "a:real=1.5,-2000,0.5 b:enum=x,y,z"),
    ("a,b\n300,1\n-1,70000\n", "", "a:int=300,-1 b:int=1,70000"),
    ("a,b\n,x\n2,\nNA,?\n", "", "a:int=-,2,- b:enum=x,-,-"),
    ("a,b\nnone,x\n2,none\n", "na_strings: [none]", "a:int=-,2 b:enum=x,-"),
    ("\"a\",\"b\"\n\"1\",\"x, y\"\n2,\"say \"\"hi\"\"\"\n", "", "a:int=1,2 b:enum=x, y,say \"hi\""),
    ("a,b\n1,\"two\nlines\"\n2,y\n", "", "a:int=1,2 b:enum=two\nlines,y"),
    ("\u{FEFF}a,b\n1,x\n2,y\n", "", "a:int=1,2 b:enum=x,y"),
    ("a,b\n1\n2,y\n", "", "a:int=1,2 b:enum=-,y"),
    ("a,b\n0,x\n1,y\n", "column_types: {a: enum}", "a:enum=0,1 b:enum=x,y"),
    ("a,b\n10,x\n9,y\n", "column_types: {a: enum}", "a:enum=10,9 b:enum=x,y"),
    ("a,b\nx,1\ny,2\n", "header: false", "C1:enum=a,x,y C2:enum=b,1,2"),
    ("x,y\nz,w\n", "header: true", "x:enum=z y:enum=w"),
    ("a,b\n1,<=5.\n2,>5.\n", "rename_levels: {b: {\"<=5.\": \"<=5\"}}", "a:int=1,2 b:enum=<=5,>5."),
    (
      "a,b\n123456789012345678,1\n0.1234567890123456789,2\n", "",
      "a:real=1.2345678901234568e+17,0.12345678901234568 b:int=1,2"
    ),
    ("a b\n1\n2\n", "", "a b:int=1,2"),
    ("a,a b\n1,2\n", "", "a:int=1 a b:int=2"),
    ("a,b\n1,x\n2,y\n", "separator: \",\"", "a:int=1,2 b:enum=x,y"),
    ("a,b\n+5,1e2\n-0,1E-2\n", "", "a:int=5,0 b:real=100,0.01"),
    (",b\n1,x\n", "header: true", "C1:int=1 b:enum=x"),
  ]

  @Test("files and the tables they are", arguments: good)
  func read(_ text: String, _ job: String, _ expected: String) throws {
    #expect(describe(try frame(text, job: job)) == expected)
  }

  static let bad: [(String, String, String)] = [
    ("", "", "the table has no rows"), ("\n\n", "", "the table has no rows"),
    ("a,b\n", "header: true", "the table has no rows"),
    ("a,b\n1,2,3\n", "", "'f.csv':2: more than 2 fields"),
    ("a,b\n1,\"x\n2,y\n", "", "'f.csv':2: a quote opens here"),
    ("a,a\n1,2\n", "", "column 'a' stands twice"),
    ("a,b\n1,2\n", "column_names: [x]", "has 2 columns but column_names lists 1"),
    ("a,b\n1,2\nx,3\ny,4\n", "column_types: {a: real}", "'f.csv':3: column 'a' should hold numbers, found 'x' (2 such"),
    ("a,b\n1,\u{0}\n", "", "zero byte at offset 6"),
  ]

  @Test("files that cannot be tables, and what is said of them", arguments: bad)
  func refuse(_ text: String, _ job: String, _ expected: String) {
    let error = #expect(throws: FrameError.self) { try frame(text, job: job) }
    #expect(error?.description.contains(expected) == true, "\(String(describing: error))")
  }

  @Test("a column whose words come late is read again as categorical")
  func lateWords() throws {
    let rows = (0..<3000).map { $0 == 2900 ? "word,1" : "\($0 % 7),1" }
    let table = try frame("a,b\n" + rows.joined(separator: "\n"))
    #expect(table.column(named: "a")?.levels == ["0", "1", "2", "3", "4", "5", "6", "word"])
  }

  @Test("Latin-1 bytes are read as Latin-1")
  func latin1() throws {
    let data = Data([0x61, 0x0A, 0xE9, 0x0A, 0x78, 0x0A])
    #expect(try frame(data, job: "header: true").columns[0].levels == ["x", "é"])
  }

  @Test("long columns of distinct words are text, not categories")
  func text() throws {
    let table = try frame("a,b\n" + (0..<500).map { "word\($0),1" }.joined(separator: "\n"))
    #expect(table.columns[0].typeName == "string")
  }

  @Test("gzip is unpacked by content, whatever the name")
  func gzip() throws {
    // printf 'a,b\n1,x\n2,y\n' | gzip -n | base64
    let data = try #require(Data(base64Encoded: "H4sIAAAAAAAAA0vUSeIy1KngMtKp5AIAwpZ+nQwAAAA="))
    #expect(describe(try frame(data)) == "a:int=1,2 b:enum=x,y")
  }
}

/// The table as `name:type=values`, with `-` for missing.
func describe(_ frame: Frame) -> String {
  frame.columns.map { column in
    let values = (0..<frame.rowCount).map { column.text(at: $0) ?? "-" }.joined(separator: ",")
    return "\(column.name):\(column.typeName)=\(values)"
  }.joined(separator: " ")
}
