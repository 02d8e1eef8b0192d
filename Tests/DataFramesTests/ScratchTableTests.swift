import DataFrames
import Foundation
import TestSupport
import Testing

@Suite("Tables in files instead of memory")
struct ScratchTableTests {
  private let folder = TemporaryFolder()

  /// A table with every storage of numbers, levels with one to three bytes per code, times, texts and gaps.
  private static func text(_ rows: Int) -> String {
    let lines = (0..<rows).map { row in
      [
        "\(row % 200)", row % 9 == 0 ? "" : "\(row % 7 - 3)", "\(row * 17 % 100_003)", "\(Double(row) / 8)",
        "\(Double(row).squareRoot())", ["red", "", "blue"][row % 3], "level\(row % 700)", "text \(row)",
        "2024-0\(1 + row % 9)-11", row == rows - 1 ? "word" : "\(row % 40)", "\(row % 50),\(row % 10)",
      ].joined(separator: ";")
    }
    return "a;b;c;d;e;f;g;h;i;j;k\n" + lines.joined(separator: "\n") + "\n"
  }

  private func inFile(_ options: ReadOptions) -> ReadOptions {
    var options = options
    options.scratch = ScratchFolder(folder.path)
    return options
  }

  /// Everything that is known about a table.
  private struct Content: Equatable {
    let text: String
    let description: TableDescription
  }

  private static func content(_ frame: Frame) -> Content {
    let columns = frame.columns.map { column in
      let values = (0..<column.rowCount).map { column.text(at: $0) ?? "-" }.joined(separator: ",")
      return "\(column.name):\(column.typeName):\(column.levels ?? []):\(column.missing.rows)=\(values)"
    }
    let checksum = frame.contentChecksum(ofRows: Array(stride(from: 0, to: frame.rowCount, by: 3)))
    return Content(
      text: "\(columns) \(frame.warnings) \(frame.typeReasons.sorted { $0.key < $1.key }) \(frame.unreadNames) "
        + "\(checksum)", description: TableDescription(frame))
  }

  private static func isMapped(_ column: Column) -> Bool { if case .mapped = column.values { true } else { false } }

  @Test("a table in a file equals the one in memory, and no file is left", arguments: [1, 3])
  func equal(threads: Int) throws {
    // Several blocks of text.
    for text in [Self.text(40), Self.text(60_000)] {
      let read = { (_ isInFile: Bool) in
        try Tables.read(text) { options in
          options.threads = threads
          if isInFile { options = inFile(options) }
        }
      }
      let (memory, file) = (try read(false), try read(true))
      #expect(Self.content(file) == Self.content(memory))
      let numbers = file.columns.filter(\.isNumeric)
      #expect(numbers.count >= 5 && numbers.allSatisfy(Self.isMapped))
      #expect(!memory.columns.contains(where: Self.isMapped))
      let rows = [7, 3, 39, 3]
      #expect(Self.content(file.selecting(rows)) == Self.content(memory.selecting(rows)))
      #expect(!file.selecting(rows).columns.contains(where: Self.isMapped))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }
  }

  @Test("statistics and encoded rows are the same to the last bit")
  func encoded() throws {
    let text = Self.text(20_000)
    let frames = [try Tables.read(text), try Tables.read(text) { $0 = inFile($0) }]
    let encodings = try frames.map { frame in
      var choices = RowEncodingBuilder.Choices()
      choices.ignoredColumns = ["h", "i"]
      return try RowEncodingBuilder(choices).build(frame, response: "f").0
    }
    #expect(encodings[1] == encodings[0])
    let rows = try zip(frames, encodings).map {
      try RowEncoder($1, precision: .single, purpose: .training).encode($0).rows
    }
    #expect("\(rows[1])" == "\(rows[0])")
  }

  @Test("the parts of a divided table stay in the file")
  func divided() throws {
    let text = Self.text(3000)
    let held = Array(stride(from: 2, to: 3000, by: 7))
    let parts = try [Tables.read(text), Tables.read(text) { $0 = inFile($0) }].map {
      try $0.divided(holdingOut: held, named: "held")
    }
    #expect(Self.content(parts[1].rest) == Self.content(parts[0].rest))
    #expect(Self.content(parts[1].heldOut) == Self.content(parts[0].heldOut))
    #expect(parts[1].rest.columns.contains(where: Self.isMapped))
    #expect(parts[1].heldOut.columns.contains(where: Self.isMapped))
  }

  @Test("several files, and Parquet files, are kept in files too")
  func formats() throws {
    let tables = TemporaryFolder()
    for (name, text) in [("1.csv", "a,b\n1,x\n2,y\n"), ("2.csv", "a,b\n300,z\n,x\n")] {
      try Data(text.utf8).write(to: URL(fileURLWithPath: "\(tables.path)/\(name)"))
    }
    let files = ["1.csv", "2.csv"].map { (path: "\(tables.path)/\($0)", name: $0) }
    let joined = try [ReadOptions(), inFile(ReadOptions())].map { try FrameReader.read(files, options: $0) }
    #expect(Self.content(joined[1]) == Self.content(joined[0]))
    #expect(Self.isMapped(joined[1].columns[0]))
    let parquet = ParquetExpectations.folder
    let names = try FileManager.default.contentsOfDirectory(atPath: parquet).filter { $0.hasSuffix(".parquet") }
    #expect(names.count > 3)
    for name in names {
      guard let memory = try? FrameReader.read("\(parquet)/\(name)", options: ReadOptions()) else { continue }
      let file = try FrameReader.read("\(parquet)/\(name)", options: inFile(ReadOptions()))
      #expect(Self.content(file) == Self.content(memory), "\(name)")
    }
  }

  @Test("a folder without room is reported with what to do")
  func noRoom() {
    let refusal = Tables.refusal(Self.text(10)) { $0.scratch = ScratchFolder("/nonexistent/folder") }
    #expect(
      refusal
        == "'t': cannot be kept in a file in '/nonexistent/folder': No such file or directory; its columns need as much "
        + "room there as in memory: free some, or list columns in skipped_columns")
  }
}
