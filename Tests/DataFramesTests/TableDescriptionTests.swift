import DataFrames
import Testing

@Suite("Describing tables")
struct TableDescriptionTests {
  private func describe(_ values: Column.Values, missing: [Int] = [], isTime: Bool = false) -> ColumnDescription {
    var rows = RowSet()
    for row in missing { rows.insert(row) }
    return ColumnDescription(Column(name: "a", values: values, missing: rows, isTime: isTime))
  }

  @Test("numbers have a range, an exact mean, and a count of different values without missing ones")
  func numbers() {
    let column = describe(.doubles([0.1, 0.2, 0.3, .nan, -0.0, 0]), missing: [3])
    #expect(column.kind == .real)
    #expect((column.missingCount, column.distinctCount) == (1, 4))
    #expect(column.range == .init(minimum: 0, maximum: 0.3, mean: 0.12))
    #expect(column.levels == nil && column.note == nil)
    // A plain sum loses the ones.
    #expect(describe(.doubles([1e16, 1, 1, -1e16])).range?.mean == 0.5)
    // The sum exceeds the largest double.
    #expect(describe(.doubles([1.5e308, 1.5e308])).range?.mean == 1.5e308)
  }

  @Test("whole numbers are int in any storage, up to 2^53")
  func wholeNumbers() {
    for values: Column.Values in [.bytes([1, 2, 2]), .shorts([1, 2, 2]), .integers([1, 2, 2]), .doubles([1, 2, 2])] {
      let column = describe(values)
      #expect(column.kind == .int && column.distinctCount == 2)
      #expect(column.range == .init(minimum: 1, maximum: 2, mean: 5 / 3))
    }
    #expect(describe(.doubles([3_000_000_000])).kind == .int)
    #expect(describe(.doubles([1e300])).kind == .real)
    #expect(describe(.doubles([1.5])).kind == .real)
  }

  @Test("zeros of sparse columns count")
  func sparse() {
    let column = describe(.sparse(SparseNumbers(rows: [1, 3], numbers: [2, 2], rowCount: 8)))
    #expect(column.kind == .int && column.distinctCount == 2)
    #expect(column.range == .init(minimum: 0, maximum: 2, mean: 0.5))
    let full = describe(.sparse(SparseNumbers(rows: [0, 1], numbers: [2.5, 4], rowCount: 2)))
    #expect(full.range == .init(minimum: 2.5, maximum: 4, mean: 3.25))
  }

  @Test("a column without any value has no range")
  func empty() {
    let column = describe(.doubles([.nan, .nan]), missing: [0, 1])
    #expect(column.range == nil && column.distinctCount == 0 && column.missingCount == 2)
  }

  @Test("the first ten levels are listed, and those that occur are counted")
  func levels() {
    let names = (0..<12).map { "l\($0)" }
    let column = describe(.categorical([0, 3, 3, 11, 5], levels: names), missing: [4])
    #expect(column.kind == .enumeration && column.distinctCount == 3)
    #expect(column.levels == Array(names.prefix(10)) && column.range == nil)
  }

  @Test("texts are counted byte by byte, so that two spellings of one letter differ")
  func texts() {
    let column = describe(.text(["é", "e\u{301}", "é", "", "x"]), missing: [3])
    #expect(column.kind == .string && column.distinctCount == 3 && column.levels == nil)
  }

  @Test("many different values are counted exactly")
  func manyValues() {
    let numbers = (0..<200_000).map { Double($0 % 70_001) / 7 }
    #expect(describe(.doubles(numbers)).distinctCount == 70_001)
  }

  @Test("reasons and warnings of a table reach its description")
  func table() {
    let layout = TableLayout(
      format: .csv, encoding: .windows1252, separator: ";", decimalMark: .comma, hasHeader: true)
    let column = Column(name: "a", values: .bytes([7]), missing: RowSet())
    let description = TableDescription(
      Frame(path: "f", columns: [column], warnings: ["w"], layout: layout, typeReasons: ["a": "r"]))
    #expect(description.layout == layout && description.rowCount == 1 && description.warnings == ["w"])
    #expect(description.columns.map(\.note) == ["r"])
  }

  @Test(
    "times are printed as ISO 8601 in UTC",
    arguments: [
      (0.0, "1970-01-01T00:00:00Z", "1970-01-01"), (1_709_209_800_250, "2024-02-29T12:30:00.250Z", nil),
      (-1, "1969-12-31T23:59:59.999Z", nil), (-62_135_596_800_000, "0001-01-01T00:00:00Z", "0001-01-01"),
      (253_402_300_799_000, "9999-12-31T23:59:59Z", nil), (1_704_067_199_999.6, "2024-01-01T00:00:00Z", "2024-01-01"),
      (1e300, "1e+300 ms", nil),
    ] as [(Double, String, String?)])
  func times(milliseconds: Double, text: String, brief: String?) {
    #expect(TimeText.iso(milliseconds) == text)
    #expect(TimeText.brief(milliseconds) == brief ?? text)
    #expect(describe(.doubles([milliseconds]), isTime: true).kind == .time)
  }
}
