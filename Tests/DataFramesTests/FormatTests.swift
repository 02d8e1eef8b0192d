import DataFrames
import Foundation
import JobFiles
import Testing

@Suite("Formats by content")
struct FormatTests {
  /// Text, options, and the table as ``describe`` prints it.
  static let good: [(String, String, String)] = [
    ("1 1:2.5 3:1\n-1 2:4 # comment\n\n1\n", "", "C1:int=1,-1,1 C2:real=2.5,0,0 C3:int=0,4,0 C4:int=1,0,0"),
    ("0.5 qid:3 1:1\n2 1:7\n", "", "C1:real=0.5,2 C2:int=1,7"),
    ("1 1:1 2:2\r\n2 2:3\r\n", "skipped_columns: [C2]", "C1:int=1,2 C3:int=2,3"),
    ("@relation r\n@attribute a numeric\n@attribute b {x,y}\n@data\n1,x\n2.5,y\n", "", "a:real=1,2.5 b:enum=x,y"),
    (
      "% c\n@RELATION r\n\n@ATTRIBUTE 'a b' REAL\n@Attribute c {'p q', r}\n@DATA\n% c\n?, 'p q'\n3, r\n", "",
      "a b:int=-,3 c:enum=p q,r"
    ),
    (
      "@relation r\n@attribute a integer\n@attribute b {x,y}\n@attribute c real\n@data\n{0 3, 1 y}\n{2 1.5}\n{}\n", "",
      "a:int=3,0,0 b:enum=y,x,x c:real=0,1.5,0"
    ),
    (
      "@relation r\n@attribute d date\n@attribute s string\n@data\n2020-01-02,'it\\'s'\n", "",
      "d:time=1577923200000 s:string=it's"
    ),
    ("a,b\n2020-01-02,1\n1969-12-31,2\n", "", "a:time=1577923200000,-86400000 b:int=1,2"),
    ("a,b\n2020-01-02 03:04:05,1\n2020-01-02T03:04:05.678,2\n", "", "a:time=1577934245000,1577934245678 b:int=1,2"),
    ("a,b\n24-Nov-26,1\n?,2\n", "", "a:time=1795478400000,- b:int=1,2"),
    ("a,b\n2020-13-02,1\nx,2\n", "", "a:enum=2020-13-02,x b:int=1,2"),
    ("a,b\n2020-02-30,1\n", "", "a:enum=2020-02-30 b:int=1"),
    (
      "a,b\n123e4567-e89b-12d3-a456-426614174000,1\n123e4567-e89b-12d3-a456-426614174001,2\n", "",
      "a:string=123e4567-e89b-12d3-a456-426614174000,123e4567-e89b-12d3-a456-426614174001 b:int=1,2"
    ),
    ("a b\n1 2\n3 4\n", "", "a:int=1,3 b:int=2,4"),
    ("a:b\n1:2\n3:4\n", "separator: \":\"", "a:int=1,3 b:int=2,4"),
    ("a b\n1 2\n", "separator: space", "a:int=1 b:int=2"),
    ("a,b,c\n1,x,2\n3,y,4\n", "skipped_columns: [b]", "a:int=1,3 c:int=2,4"),
    ("a,b\n1,2\n3,4,5\n", "max_bad_fields: 1", "a:int=1,3 b:int=2,4"),
    ("a,b\n1,2\nx,4\n", "max_bad_fields: 1\ncolumn_types: {a: real}", "a:int=1,- b:int=2,4"),
    ("a,b\n1,2020-01-02\nx,y\n", "max_bad_fields: 1\ncolumn_types: {b: time}", "a:enum=1,x b:time=1577923200000,-"),
  ]

  @Test("files and the tables they are", arguments: good)
  func read(_ text: String, _ job: String, _ expected: String) throws {
    #expect(describe(try frame(text, job: job)) == expected)
  }

  /// Text, options, and what the message must say.
  static let bad: [(String, String, [String])] = [
    ("1 2:1 1:1\n", "", [":1:", "'1:1'", "above the one before"]),
    ("1 1:1\nx 1:2\n", "header: false", [":2:", "'x'", "label"]),
    ("1 1:1\n1 1:2\n1 2:y\n", "", [":3:", "'2:y'", "index:value"]),
    ("1 1:1\n1 99999999999:1\n", "", [":2:", "indexes up to"]),
    ("@relation r\n@attribute a {x,y}\n@data\nx\nz\n", "", [":5:", "'z'", "declared values of 'a'", "x, y"]),
    ("@relation r\n@attribute a numeric\n@data\n1\nword\n", "", [":5:", "'a'", "word", "numbers"]),
    ("@relation r\n@attribute a numeric\n@data\n1,2\n", "", [":4:", "more than 1 fields"]),
    ("@relation r\n@attribute a numeric\n@data\n{1 2}\n", "", [":4:", "'1 2'", "from 0 to 0"]),
    ("@relation r\n@attribute a numeric\n@data\n{0 2\n", "", [":4:", "'}'"]),
    ("@relation r\n@attribute a numeric\n", "", ["the end", "@data"]),
    ("@relation r\n@data\n1\n", "", [":2:", "@attribute"]),
    ("@relation r\n@attribute a complex\n@data\n1\n", "", [":2:", "complex", "numeric, real"]),
    ("@relation r\n@attribute a numeric\n@attribute a numeric\n@data\n1,2\n", "", ["'a' stands twice"]),
    ("@relation r\n@attribute a {x\n@data\nx\n", "", [":2:", "values in { }"]),
    ("a,b\n1,2\n3,4,5\n6,7,8\n", "max_bad_fields: 1", [":3:", "2 such lines"]),
    ("a,b\n1,2\nx,4\ny,4\n", "max_bad_fields: 1\ncolumn_types: {a: real}", [":3:", "'a'", "'x'", "2 such fields"]),
    ("a,b\n2020-01-02,2\nx,4\n", "column_types: {a: time}", [":3:", "'a'", "'x'", "times"]),
  ]

  @Test("files that cannot be tables, and what is said of them", arguments: bad)
  func refuse(_ text: String, _ job: String, _ expected: [String]) throws {
    let error = #expect(throws: FrameError.self) { try frame(text, job: job) }
    for part in expected { #expect("\(error.map { "\($0)" } ?? "")".contains(part), "\(part)") }
  }

  @Test("several files, and a folder, are one table; other columns are refused by name")
  func several() throws {
    let folder = NSTemporaryDirectory() + "frames-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    func file(_ name: String, _ text: String) throws -> (path: String, name: String) {
      try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
      return ("\(folder)/\(name)", name)
    }
    let one = try file("1.csv", "a,b,c\n1,x,1\n2,y,2\n")
    let two = try file("2.csv", "b;a;c\nz;300;word\n")
    _ = try file("_SUCCESS", "")
    let options = ReadOptions(JobFile(file: ""))
    #expect(
      describe(try FrameReader.read([one, two], options: options)) == "a:real=1,2,300 b:enum=x,y,z c:enum=1,2,word")
    #expect(try FrameReader.read(folder, name: "folder", options: options).rowCount == 3)
    let other = try file("3.csv", "a,b,d\n1,x,1\n")
    let error = #expect(throws: FrameError.self) { try FrameReader.read([one, other], options: options) }
    #expect("\(error.map { "\($0)" } ?? "")".contains("'3.csv': has no column 'c', unlike '1.csv'"))
  }

  @Test("a stream gives the rows of the whole table, whatever the format, and reads only what is wanted")
  func streams() throws {
    let path = NSTemporaryDirectory() + "stream-\(UUID().uuidString).csv"
    defer { try? FileManager.default.removeItem(atPath: path) }
    var options = ReadOptions(JobFile(file: ""))
    options.threads = 2
    let rows = 400_000
    let text = "a,b,c\n" + (0..<rows).map { "\($0 % 100),word\($0),\($0 % 7 == 0 ? "x" : "y")\n" }.joined()
    for content in [text, "1 1:5\n2 3:1\n"] {
      try Data(content.utf8).write(to: URL(fileURLWithPath: path))
      let isCSV = content == text
      let stream = try FrameStream(
        path, name: "s", options: options,
        columns: isCSV ? ["a": .real, "c": .enumeration] : ["C2": .real, "C4": .real])
      var (count, sum, pieces) = (0, 0.0, 0)
      while let frame = try stream.next() {
        #expect(frame.columns.map(\.name) == (isCSV ? ["a", "c"] : ["C2", "C4"]))
        for row in 0..<frame.rowCount { sum += frame.columns[0].number(at: row) }
        count += frame.rowCount
        pieces += 1
      }
      #expect(count == (isCSV ? rows : 2))
      #expect(sum == (isCSV ? Double(rows / 100) * 4950 : 5))
      #expect(!isCSV || pieces >= 1)
    }
  }
}
