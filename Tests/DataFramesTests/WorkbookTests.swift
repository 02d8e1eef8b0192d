import DataFrames
import Foundation
import TestSupport
import Testing

@Suite("Workbooks")
struct WorkbookTests {
  /// A table that pandas read (`Tests/Support/workbooks/workbooks.py`).
  struct Expected: Decodable, Sendable, CustomTestStringConvertible {
    struct Column: Decodable {
      enum Value: Decodable {
        case number(Double)
        case text(String)

        init(from decoder: any Decoder) throws {
          let container = try decoder.singleValueContainer()
          self =
            if let number = try? container.decode(Double.self) { .number(number) } else {
              .text(try container.decode(String.self))
            }
        }
      }

      let name: String
      let type: String
      let values: [Value?]
    }

    let file: String
    let sheet: String?
    let columns: [Column]

    var testDescription: String { "\(file), \(sheet ?? "first sheet")" }
  }

  static let expected: [Expected] = (try? SupportFiles.cases("workbooks/expected.json")) ?? []

  private let folder = TemporaryFolder()

  private func path(_ workbook: HandmadeWorkbook) throws -> String {
    let path = "\(folder.path)/\(UUID().uuidString)"
    try Data(workbook.bytes).write(to: URL(fileURLWithPath: path))
    return path
  }

  private func table(_ workbook: HandmadeWorkbook, _ options: ReadOptions = ReadOptions()) throws -> Frame {
    try FrameReader.read(try path(workbook), name: "t.xlsx", options: options)
  }

  private func support(_ file: String, sheet: String? = nil) throws -> Frame {
    var options = ReadOptions()
    options.sheet = sheet
    return try FrameReader.read("\(Repository.support)/workbooks/\(file)", name: file, options: options)
  }

  @Test("the cases are complete")
  func complete() { #expect(Self.expected.count == 6) }

  @Test("the files of other writers hold what pandas reads in them", arguments: expected)
  func files(_ expected: Expected) throws {
    let frame = try support(expected.file, sheet: expected.sheet)
    #expect(frame.layout == TableLayout(format: .xlsx, hasHeader: true))
    #expect(frame.columns.map(\.name) == expected.columns.map(\.name))
    for (column, wanted) in zip(frame.columns, expected.columns) {
      let type = column.typeName == "int" || column.typeName == "real" ? "number" : column.typeName
      #expect(type == wanted.type, "\(column.name)")
      try #require(column.rowCount == wanted.values.count)
      for (row, value) in wanted.values.enumerated() {
        switch value {
        case nil: #expect(column.text(at: row) == nil, "\(column.name), row \(row)")
        case .number(let number): #expect(column.number(at: row) == number, "\(column.name), row \(row)")
        case .text(let text): #expect(column.text(at: row) == text, "\(column.name), row \(row)")
        }
      }
    }
  }

  @Test("pieces and estimate agree with the whole table", arguments: expected)
  func readersAgree(_ expected: Expected) throws {
    let frame = try support(expected.file, sheet: expected.sheet)
    let path = "\(Repository.support)/workbooks/\(expected.file)"
    var options = ReadOptions()
    options.sheet = expected.sheet
    let estimate = try FrameEstimate.of([(path, "t")], options: options)
    #expect(estimate.rowCount == Double(frame.rowCount))
    #expect(estimate.columns.map(\.name) == frame.columns.map(\.name))
    options.knownTypes = frame.types
    let stream = try FrameStream(path, name: "t", options: options)
    let piece = try #require(try stream.next())
    #expect(try stream.next() == nil)
    #expect(piece.warnings.count == frame.warnings.count)
    for (column, whole) in zip(piece.columns, frame.columns) {
      #expect((0..<frame.rowCount).allSatisfy { column.text(at: $0) == whole.text(at: $0) }, "\(column.name)")
    }
  }

  @Test("warnings name other sheets, formulas without values, merged cells and rows left out")
  func warnings() throws {
    #expect(
      try support("openpyxl.xlsx").warnings == [
        "'openpyxl.xlsx': sheet 'Messwerte' is read, not 'Verborgen'; 'sheet' names another",
        "'openpyxl.xlsx': 3 formulas of sheet 'Messwerte' without a stored value, the first in J4, count as missing; "
          + "open and save the file with a spreadsheet program",
        "'openpyxl.xlsx': sheet 'Messwerte' has 1 merged area; the value of each counts only for its first cell, the "
          + "others are missing",
        "'openpyxl.xlsx': 1 empty row between others of sheet 'Messwerte' left out",
      ])
    #expect(try support("openpyxl.xlsx", sheet: "2").warnings == ["'openpyxl.xlsx': sheet 'Verborgen' is hidden"])
    #expect(try support("pandas.xlsx").warnings == [])
  }

  @Test("a sheet is found by name, in any case, and by its number among all sheets")
  func sheets() throws {
    for sheet in ["Verborgen", "verborgen", "2"] {
      #expect(try support("openpyxl.xlsx", sheet: sheet).columns.map(\.name) == ["x", "y"])
    }
    func problem(_ sheet: String) -> String {
      (#expect(throws: FrameError.self) { try support("openpyxl.xlsx", sheet: sheet) })?.description ?? ""
    }
    #expect(
      problem("Messwert")
        == "'openpyxl.xlsx': the workbook has no sheet 'Messwert' (did you mean 'Messwerte'?); state sheet: one of "
        + "'Messwerte', 'Verborgen', 'Leer', 'Diagramm', or its number from 1")
    #expect(problem("0").contains("no sheet '0'"))
    #expect(problem("5").contains("no sheet '5'"))
    #expect(
      problem("Leer")
        == "'openpyxl.xlsx': sheet 'Leer' is empty; state sheet: one with values, such as 'Messwerte', 'Verborgen'")
    #expect(problem("4").contains("sheet 'Diagramm' has no cells: it is a chart"))
  }

  @Test("a German export keeps stored numbers apart from texts with decimal commas")
  func german() throws {
    let frame = try support("german.xlsx")
    let stored = try #require(frame.column(named: "gespeichert"))
    #expect((0..<20).allSatisfy { stored.number(at: $0) == 1 + Double($0 + 1) / 1000 })
    #expect(frame.column(named: "Ort")?.levels == ["Bonn", "Köln", "Zürich"])
    let (size, price) = (try #require(frame.column(named: "Größe")), try #require(frame.column(named: "Preis")))
    #expect((0..<20).allSatisfy { size.number(at: $0) == Double($0 + 1) / 8 })
    #expect(price.number(at: 0) == 101_001.5)
    let day = try #require(frame.column(named: "Datum"))
    #expect(day.isTime && day.number(at: 0) == 1_733_011_200_000)
  }

  @Test("the format of a cell decides whether its number is a date, a time, a duration or a number")
  func formats() throws {
    let formats = [
      ("yyyy-mm-dd", "time"), ("d.m.yy;@", "time"), ("[$-409]mmmm\\ yyyy", "time"), ("mm", "time"),
      ("dd/mm/yyyy hh:mm AM/PM", "time"), ("h:mm:ss.000", "time"), ("[h]:mm", "real"), ("[ss].00", "real"),
      ("General", "real"), ("0.00E+00", "real"), ("#,##0.00\\ \"days\"", "real"), ("[Red]0.0;[Black]-0.0", "real"),
      ("_-* #,##0.00\\ [$€-407]_-;@", "real"), ("0.0 \"yy\"", "real"), ("@", "real"), ("# ?/?", "real"), ("0%", "real"),
    ]
    let header = formats.indices.map { "<c t=\"inlineStr\"><is><t>f\($0)</t></is></c>" }.joined()
    let cells = formats.indices.map { "<c s=\"\($0 + 1)\"><v>45292.5</v></c>" }.joined()
    let frame = try table(
      HandmadeWorkbook("<row>\(header)</row><row>\(cells)</row>", formats: formats.map(\.0)))
    for (column, format) in zip(frame.columns, formats) { #expect(column.typeName == format.1, "\(format.0)") }
    #expect(frame.columns[0].number(at: 0) == 1_704_110_400_000)
    #expect(frame.columns[5].number(at: 0) == 1_704_110_400_000)
    #expect(frame.columns[6].number(at: 0) == 45292.5 * 86400)
    #expect(frame.columns[8].number(at: 0) == 45292.5)
  }

  @Test("day numbers follow Excel's calendar, and impossible ones stay numbers")
  func days() throws {
    func days(_ serials: [String]) throws -> Column {
      let rows = serials.map { "<row><c s=\"1\"><v>\($0)</v></c><c><v>1</v></c></row>" }.joined()
      var options = ReadOptions()
      options.header = false
      return try table(HandmadeWorkbook(rows, formats: ["yyyy-mm-dd"]), options).columns[0]
    }
    let column = try days(["1", "59", "60", "61", "25569", "2958465", "45292.999999999", "-1"])
    let day = 86_400_000.0
    #expect(column.isTime)
    #expect(
      (0..<8).map { column.number(at: $0) / day } == [
        -25_567, -25_509, -25_509, -25_508, 0, 2_932_896, 19_724, -25_569,
      ])
    #expect(try days(["2958466", "1e300", "-1e300"]).typeName == "real")
  }

  @Test("rows keep their place, also in messages, and cells theirs")
  func places() throws {
    let frame = try table(
      HandmadeWorkbook(
        "<row r=\"4\"><c r=\"C4\" t=\"s\"><v>0</v></c><c r=\"E4\" t=\"s\"><v>1</v></c></row>"
          + "<row r=\"5\"><c r=\"E5\"><v>5</v></c></row><row r=\"6\"><c r=\"C6\"/></row>"
          + "<row r=\"9\"><c r=\"C9\"><v>9</v></c><c r=\"F9\" s=\"7\"/></row>", strings: ["a", "b"]))
    #expect(frame.columns.map(\.name) == ["a", "C2", "b"])
    #expect(frame.columns.map { $0.text(at: 0) } == [nil, nil, "5"])
    #expect(frame.columns.map { $0.text(at: 1) } == ["9", nil, nil])
    var options = ReadOptions()
    options.columnTypes = ["a": .number]
    let words = HandmadeWorkbook(
      "<row r=\"3\"><c r=\"A3\" t=\"s\"><v>0</v></c><c r=\"B3\" t=\"s\"><v>1</v></c></row>"
        + "<row r=\"8\"><c r=\"A8\" t=\"s\"><v>1</v></c></row>", strings: ["a", "b"])
    let error = #expect(throws: FrameError.self) { try self.table(words, options) }
    #expect(
      error
        == .notANumber(path: "t.xlsx", column: "a", line: 8, found: "b", count: 1))
  }

  @Test("a single column keeps rows with errors")
  func singleColumn() throws {
    let frame = try table(
      HandmadeWorkbook(
        "<row><c t=\"s\"><v>0</v></c></row><row><c><v>1</v></c></row><row><c t=\"e\"><v>#N/A</v></c></row>"
          + "<row><c><v>3</v></c></row>", strings: ["a"]))
    #expect((0..<3).map { frame.columns[0].text(at: $0) } == ["1", nil, "3"])
  }

  @Test("a zip archive with a table of text is not a workbook, and workbooks are opened as other tables are")
  func otherPaths() throws {
    #expect(try table(HandmadeWorkbook(parts: ["xl.csv": "a,b\n1,2\n"])).columns.map(\.name) == ["a", "b"])
    let file = try path(HandmadeWorkbook("<row><c><v>1</v></c></row>"))
    var options = ReadOptions()
    options.opener = TableOpener { _, _ in -13 }
    #expect(throws: FrameError.unreadable(path: file, reason: "Permission denied")) {
      try FrameReader.read(file, options: options)
    }
  }
}
