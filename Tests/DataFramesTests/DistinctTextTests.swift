import DataFrames
import Foundation
import Testing

/// Columns of mostly different words, which are read as texts before their levels are known.
@Suite("Columns of mostly different texts")
struct DistinctTextTests {
  /// The length of a line makes tables of this many rows fill several blocks.
  private static let rows = 150_000

  private func read(threads: Int = 2, _ text: (_ row: Int) -> String) throws -> Frame {
    let path = NSTemporaryDirectory() + "texts-\(UUID().uuidString).csv"
    let lines = (0..<Self.rows).map { "\(text($0)),\($0 % 7)\n" }
    try Data(("word,number\n" + lines.joined()).utf8).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    var options = ReadOptions()
    options.threads = threads
    return try FrameReader.read(path, options: options)
  }

  private func address(_ row: Int) -> String { "https://example.org/catalog/\(row)/page?item=\(row * 7919)" }

  @Test("texts of all blocks keep their rows, for any number of threads", arguments: [1, 3])
  func blocks(threads: Int) throws {
    let frame = try read(threads: threads, address)
    let column = try #require(frame.column(named: "word"))
    #expect(column.typeName == "string")
    #expect((0..<Self.rows).allSatisfy { column.text(at: $0) == address($0) })
  }

  @Test("missing fields among texts stay missing")
  func missing() throws {
    let frame = try read { $0 % 100 == 5 ? "" : address($0) }
    let column = try #require(frame.column(named: "word"))
    #expect(column.typeName == "string")
    #expect(column.missing.count == Self.rows / 100)
    #expect(column.text(at: 105) == nil)
    #expect(column.text(at: Self.rows - 1) == address(Self.rows - 1))
  }

  @Test("words that differ only at the beginning of the table are levels")
  func levels() throws {
    let frame = try read { $0 < 100_000 ? address($0) : address($0 % 20) }
    let column = try #require(frame.column(named: "word"))
    #expect(column.typeName == "enum")
    #expect(column.levels?.count == 100_000)
    #expect(column.text(at: Self.rows - 1) == address((Self.rows - 1) % 20))
  }

  @Test("quoted texts with separators and line ends do not divide records")
  func quoted() throws {
    let frame = try read { "\"\(address($0)), \"\"row\"\"\n\($0)\"" }
    let column = try #require(frame.column(named: "word"))
    #expect(column.rowCount == Self.rows)
    #expect((0..<Self.rows).allSatisfy { column.text(at: $0) == "\(address($0)), \"row\"\n\($0)" })
  }

  @Test("texts stay right where few of them differ from the bytes of their block")
  func fewEscapes() throws {
    let frame = try read {
      $0 % 1000 == 999 ? "\"\(address($0)) \"\"x\"\"\"" : $0 % 7 == 3 ? "\"\(address($0))\"" : address($0)
    }
    let column = try #require(frame.column(named: "word"))
    #expect(column.typeName == "string")
    #expect(
      (0..<Self.rows).allSatisfy { column.text(at: $0) == address($0) + ($0 % 1000 == 999 ? " \"x\"" : "") })
  }

  @Test("texts beyond ASCII keep their letters")
  func umlauts() throws {
    let frame = try read { "größe \($0) \(address($0)) ✓" }
    let column = try #require(frame.column(named: "word"))
    #expect(column.typeName == "string")
    #expect((0..<Self.rows).allSatisfy { column.text(at: $0) == "größe \($0) \(address($0)) ✓" })
  }

  @Test("short texts beside long numbers are copied out of their block")
  func shortTexts() throws {
    let lines = (0..<Self.rows).map {
      "n\($0),\($0).1234567890123,\($0).9876543210987,\($0 % 5 == 0 ? "" : "w\($0)")\n"
    }
    let frame = try readTable("a,x,y,b\n" + lines.joined())
    #expect(frame.columns.map(\.typeName) == ["string", "real", "real", "string"])
    #expect((0..<Self.rows).allSatisfy { frame.columns[0].text(at: $0) == "n\($0)" })
    #expect((0..<Self.rows).allSatisfy { frame.columns[3].text(at: $0) == ($0 % 5 == 0 ? nil : "w\($0)") })
  }

  @Test("many different numbers are counted exactly")
  func counting() {
    let numbers = (0..<200_000).map { Double($0 % 123_456) / 7 }
    let column = Column(name: "x", values: .doubles(numbers), missing: RowSet())
    #expect(ColumnDescription(column).distinctCount == 123_456)
    let products = (0..<100_000).map { Int32($0 % 70_000) * 30_000 }
    let whole = Column(name: "n", values: .integers(products), missing: RowSet())
    #expect(ColumnDescription(whole).distinctCount == 70_000)
    let texts = Column(name: "t", values: .text((0..<100_000).map { "text \($0 % 60_000)" }), missing: RowSet())
    #expect(ColumnDescription(texts).distinctCount == 60_000)
  }
}
