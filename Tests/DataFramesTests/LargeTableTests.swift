import DataFrames
import Foundation
import JobFiles
import Planning
import Testing

/// Tables of several blocks of text, which threads read in parallel.
@Suite("Tables that are read in blocks")
struct LargeTableTests {
  private static let rows = 400_000

  /// Returns a row of the table.
  ///
  /// The table has bytes that widen late, a late level, quoted fields with line ends and doubled
  /// quotes, and missing values.
  private static func line(_ row: Int) -> String {
    let small = row % 250
    let widening = row < 200_000 ? row % 100 : row < 300_000 ? 1000 : row < 350_000 ? 100_000 : 7
    let real = row == 399_000 ? "2.5" : row % 9 == 0 ? "" : "\(row % 10)"
    let level =
      row == 398_000
      ? "late" : row % 1000 == 3 ? "\"say \"\"hi\"\"\"" : row % 1000 == 7 ? "\"two\nlines\"" : "l\(row % 3)"
    return "\(small),\(widening),\(real),\(level),-12345678.125\n"
  }

  private func read(_ text: String, threads: Int, job: String = "") throws -> Frame {
    let path = NSTemporaryDirectory() + "large-\(UUID().uuidString).csv"
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let jobText = "training_frame: f.csv\nresponse_column: y\n\(job)\n"
    var options = ReadOptions(try JobFileReader.read(Array(jobText.utf8), file: "j"))
    options.threads = threads
    return try FrameReader.read(path, name: "f.csv", options: options)
  }

  private static let text = "a,b,c,d,e\n" + (0..<rows).map(line).joined()

  @Test("every field is in its place, with one thread and with many", arguments: [1, 2, 7])
  func fields(_ threads: Int) throws {
    #expect(Self.text.utf8.count > 9_000_000)
    let frame = try read(Self.text, threads: threads)
    #expect(frame.rowCount == Self.rows)
    #expect(frame.columns.map(\.typeName) == ["int", "int", "real", "enum", "real"])
    #expect(frame.columns[3].levels == ["l0", "l1", "l2", "late", "say \"hi\"", "two\nlines"])
    var wrong = 0
    for row in 0..<Self.rows {
      let widening = row < 200_000 ? row % 100 : row < 300_000 ? 1000 : row < 350_000 ? 100_000 : 7
      let real = row == 399_000 ? 2.5 : row % 9 == 0 ? Double.nan : Double(row % 10)
      let level =
        row == 398_000 ? "late" : row % 1000 == 3 ? "say \"hi\"" : row % 1000 == 7 ? "two\nlines" : "l\(row % 3)"
      let found = frame.columns[2].number(at: row)
      if frame.columns[0].number(at: row) != Double(row % 250) || frame.columns[1].number(at: row) != Double(widening)
        || !(found == real || found.isNaN && real.isNaN) || frame.columns[3].text(at: row) != level
        || frame.columns[4].number(at: row) != -12_345_678.125
      {
        wrong += 1
      }
    }
    #expect(wrong == 0)
    #expect(frame.columns[2].missing.count == (0..<Self.rows).filter { $0 % 9 == 0 && $0 != 399_000 }.count)
  }

  @Test("a word in the last block is missing, and is reported if the column is declared numeric")
  func lateWord() throws {
    let text = Self.text + "1,2,3,x,1\nword,2,3,x,1\n"
    let frame = try read(text, threads: 3)
    #expect(frame.columns[0].typeName == "int")
    #expect(frame.columns[0].text(at: Self.rows) == "1")
    #expect(frame.columns[0].text(at: Self.rows + 1) == nil)
    #expect(frame.warnings.contains { $0.contains("holds 'word'") })
    // One further line for each quoted line end, one for the header, one for the row before.
    let line = 1 + Self.rows + Self.rows / 1000 + 2
    #expect(throws: FrameError.notANumber(path: "f.csv", column: "a", line: line, found: "word", count: 1)) {
      try read(text, threads: 3, job: "column_types: {a: int}")
    }
  }

  @Test("errors in late blocks name their line")
  func lateFaults() throws {
    let line = 1 + Self.rows + Self.rows / 1000 + 1
    #expect(throws: FrameError.tooManyFields(path: "f.csv", line: line, expected: 5, count: 1)) {
      try read(Self.text + "1,2,3,x,5,6\n", threads: 3)
    }
    #expect(throws: FrameError.unclosedQuote(path: "f.csv", line: line)) {
      try read(Self.text + "1,2,3,\"x,1\n1,2,3,y,1\n", threads: 3)
    }
  }

  @Test("a record longer than a block is read; lines may end in a lone carriage return")
  func longRecords() throws {
    let long = String(repeating: "x", count: 9_000_000)
    let frame = try read("a,b\r1,\"\(long)\"\r2,y\r", threads: 2)
    #expect(frame.rowCount == 2)
    #expect(frame.columns[1].text(at: 0)?.utf8.count == 9_000_000)
    let many = "a,b\r" + (0..<700_000).map { "\($0 % 10),\($0 % 7)\r" }.joined()
    let short = try read(many, threads: 2)
    #expect(short.rowCount == 700_000)
    #expect(short.columns[1].number(at: 699_999) == Double(699_999 % 7))
  }
}
