import DataFrames
import Foundation
import Testing

/// Fields that are read in place give the values of all others.
@Suite("Fields read in place")
struct FieldLaneTests {
  /// The rows of a table, enough to change the storage of a column several times.
  private static let rows = 3000

  /// Returns the column `x` of a table whose rows hold the texts in turn, the plain ones most often.
  private func read(_ plain: [String], _ others: [String], lineEnd: String = "\n") throws -> (Column, [String]) {
    var texts: [String] = []
    for row in 0..<Self.rows {
      texts.append(row % 37 == 36 ? others[row / 37 % others.count] : plain[row % plain.count])
    }
    let lines = texts.map { "7,\($0),w" }
    let table = try frame((["i,x,y"] + lines).joined(separator: lineEnd) + lineEnd)
    #expect(table.rowCount == Self.rows)
    return (try #require(table.column(named: "x")), texts)
  }

  @Test(
    "numbers of every notation",
    arguments: [
      ["1", "25", "137"], ["-300", "12000", "7"], ["70000", "-4", "123456789"], ["0.5", "-12.25", "3.75"],
      ["1.5", "2.50", "3.500"], ["1234567.8", "12345678", "0.1"], ["0.123456789012", "1.5", "2"],
    ])
  func numbers(plain: [String]) throws {
    let others = [
      "-0.0", "-0", ".5", "5.", "-.25", "+3", "1e3", "1.5E-2", " 8", "8 ", "\"9.5\"", "1234567890", "0.1234567",
      "99999999.5", "12345678901234567890", "2147483647", "2147483648", "-2147483648", "0.000000001", "00.5",
    ]
    for lineEnd in ["\n", "\r\n"] {
      let (column, texts) = try read(plain, others, lineEnd: lineEnd)
      for (row, text) in texts.enumerated() {
        let number = Double(text.trimmingCharacters(in: CharacterSet(charactersIn: " \"")))
        #expect(column.number(at: row) == number, "row \(row): \(text)")
      }
    }
  }

  @Test("missing numbers at every place of a line")
  func missing() throws {
    let lines = (0..<Self.rows).map { $0 % 3 == 0 ? ",1.5,2" : $0 % 3 == 1 ? "4,,6" : "7,8.25," }
    let table = try frame("a,b,y\n" + lines.joined(separator: "\n") + "\n")
    for (index, column) in table.columns.enumerated() {
      #expect(column.missing.count == Self.rows / 3)
      #expect((0..<Self.rows).allSatisfy { column.missing.contains($0) == ($0 % 3 == index) })
    }
    #expect(table.column(named: "b")?.number(at: 2) == 8.25)
  }

  @Test("days and moments, also before 1970 and in leap years", arguments: ["\n", "\r\n"])
  func times(lineEnd: String) throws {
    let moments: [(String, Double)] = [
      ("1970-01-02", 86_400_000), ("2024-02-29", 1_709_164_800_000), ("1969-12-31", -86_400_000),
      ("2024-02-29 12:34:56", 1_709_210_096_000), ("2024-02-29T00:00:01", 1_709_164_801_000),
      ("1960-01-01 06:00:00", -315_597_600_000), ("2024-02-29 12:34:56.250", 1_709_210_096_250),
      ("0001-01-01", -62_135_596_800_000), ("2024-02-29 12:34", 1_709_210_040_000),
    ]
    for count in [3, 6, moments.count] {
      let used = Array(moments.prefix(count))
      let (column, texts) = try read(used.map(\.0), used.map(\.0), lineEnd: lineEnd)
      let expected = Dictionary(uniqueKeysWithValues: used)
      #expect(column.typeName == "time")
      #expect((0..<Self.rows).allSatisfy { column.number(at: $0) == expected[texts[$0]] })
    }
  }

  @Test("days that no calendar has are misfits")
  func impossibleDays() throws {
    let (column, texts) = try read(["2023-03-01", "2023-12-31"], ["2023-02-29", "2023-13-01", "2023-04-31"])
    #expect(column.typeName == "time")
    #expect(
      (0..<Self.rows).allSatisfy { column.missing.contains($0) == !["2023-03-01", "2023-12-31"].contains(texts[$0]) })
  }

  @Test("levels with blanks, quotes, and separators inside quotes", arguments: ["\n", "\r\n"])
  func levels(lineEnd: String) throws {
    let others = ["\"b, c\"", "\"d \"\"e\"\"\"", " a", "a ", "\"a\"", "größer", "a longer level than sixteen bytes"]
    let expected = [
      "\"b, c\"": "b, c", "\"d \"\"e\"\"\"": "d \"e\"", " a": "a", "a ": "a", "\"a\"": "a",
    ]
    let (column, texts) = try read(["a", "bc", "def"], others, lineEnd: lineEnd)
    #expect(column.levels?.count == 7)
    for (row, text) in texts.enumerated() { #expect(column.text(at: row) == expected[text] ?? text) }
  }

  @Test("lines with too few and with several fields too many are counted")
  func otherLines() throws {
    let lines = (0..<Self.rows).map { $0 == 1000 ? "1" : $0 == 2000 ? "1,2,3,4,5,6" : "1,2.5,c" }
    let table = try frame("a,b,y\n" + lines.joined(separator: "\n") + "\n", job: "max_bad_fields: 10")
    #expect(table.rowCount == Self.rows)
    #expect(table.column(named: "b")?.missing.count == 1)
    #expect(table.column(named: "b")?.number(at: 1001) == 2.5)
    #expect(table.column(named: "b")?.number(at: 2000) == 2)
    #expect(table.warnings.contains { $0.contains(":2002: more than 3 fields") })
  }
}
