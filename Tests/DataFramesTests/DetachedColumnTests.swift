import DataFrames
import Testing

@Suite("Columns as bytes")
struct DetachedColumnTests {
  private func missing(_ rows: [Int]) -> RowSet {
    var set = RowSet()
    for row in rows { set.insert(row) }
    return set
  }

  /// Columns in every storage.
  private var columns: [Column] {
    [
      Column(name: "bytes", values: .bytes([0, 7, 255]), missing: missing([])),
      Column(name: "shorts", values: .shorts([-300, 0, .max]), missing: missing([1])),
      Column(name: "integers", values: .integers([.min, 0, .max]), missing: missing([0, 2])),
      Column(name: "doubles", values: .doubles([.pi, -0.0, .infinity]), missing: missing([])),
      Column(
        name: "sparse", values: .sparse(SparseNumbers(rows: [1], numbers: [0.1], rowCount: 3)), missing: missing([2])),
      Column(name: "levels", values: .categorical([1, 0, 1], levels: ["b", "ä,"]), missing: missing([0])),
      Column(name: "text", values: .text(["", "Grüße", "x"]), missing: missing([0])),
      Column(name: "time", values: .doubles([1e12, 0, 5]), missing: missing([]), isTime: true),
      Column(name: "empty", values: .text([]), missing: missing([])),
    ]
  }

  @Test("a column in any storage is the same after it was taken apart")
  func roundTrip() {
    for column in columns {
      let detached = DetachedColumn(column)
      let again = DetachedColumn(form: detached.form, parts: detached.parts).column
      #expect(again.name == column.name && again.isTime == column.isTime && again.typeName == column.typeName)
      #expect(again.missing == column.missing && again.levels == column.levels && again.rowCount == column.rowCount)
      for row in 0..<column.rowCount {
        #expect(again.text(at: row) == column.text(at: row))
        #expect(again.number(at: row).bitPattern == column.number(at: row).bitPattern, "\(column.name)")
      }
    }
  }

  @Test("numbers that are stored as whole numbers of a unit keep their unit")
  func scaled() throws {
    let frame = try Tables.read("a\n0.1\n-12.34\n5\n")
    let column = frame.columns[0]
    let detached = DetachedColumn(column)
    let again = DetachedColumn(form: detached.form, parts: detached.parts).column
    for row in 0..<3 { #expect(again.number(at: row) == column.number(at: row)) }
  }
}
