import DataFrames
import Foundation
import JobFiles
import Planning
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
  @Test("a column with many words that come late is read again as categorical")
  func lateWords() throws {
    let rows = (0..<3000).map { $0 >= 2700 ? "word,1" : "\($0 % 7),1" }
    let table = try frame("a,b\n" + rows.joined(separator: "\n"))
    #expect(table.column(named: "a")?.levels == ["0", "1", "2", "3", "4", "5", "6", "word"])
  }

  @Test("numeric levels are sorted by value; H2O's import sorts them as words")
  func levelOrder() throws {
    let (text, types) = ("a,b\n10,1\n9,2\n-3,3\n-4,4\n", "column_types: {a: enum}")
    #expect(try frame(text, job: types).columns[0].levels == ["-4", "-3", "9", "10"])
    // The answer of `h2o.import_file(path, col_types={"a": "enum"})` in 3.46.0.12.
    let asInH2O = try frame(text, job: "\(types)\ncompatibility: h2o-3.46")
    #expect(asInH2O.columns[0].levels == ["-3", "-4", "10", "9"])
    #expect(try frame("a,b\nx,1\n10,2\n9,3\n", job: types).columns[0].levels == ["10", "9", "x"])
  }

  @Test("Latin-1 bytes are read as Latin-1")
  func latin1() throws {
    let data = Data([0x61, 0x0A, 0xE9, 0x0A, 0x78, 0x0A])
    #expect(try frame(data, job: "header: true").columns[0].levels == ["x", "é"])
  }

  @Test("long columns of distinct words are text, not categorical")
  func text() throws {
    let table = try frame("a,b\n" + (0..<500).map { "word\($0),1" }.joined(separator: "\n"))
    #expect(table.columns[0].typeName == "string")
  }

  @Test("gzip is recognised by content, regardless of the file name")
  func gzip() throws {
    // printf 'a,b\n1,x\n2,y\n' | gzip -n | base64
    let data = try #require(Data(base64Encoded: "H4sIAAAAAAAAA0vUSeIy1KngMtKp5AIAwpZ+nQwAAAA="))
    #expect(describe(try frame(data)) == "a:int=1,2 b:enum=x,y")
  }
}

/// Formats the table as `name:type=values`, with `-` for missing values.
func describe(_ frame: Frame) -> String {
  frame.columns.map { column in
    let values = (0..<frame.rowCount).map { column.text(at: $0) ?? "-" }.joined(separator: ",")
    return "\(column.name):\(column.typeName)=\(values)"
  }.joined(separator: " ")
}
