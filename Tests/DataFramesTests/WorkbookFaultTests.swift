import DataFrames
import Foundation
import Glibc
import TestSupport
import Testing

@Suite("Damaged and hostile workbooks")
struct WorkbookFaultTests {
  private let folder = TemporaryFolder()

  /// Returns the message of the error, which all readers give.
  private func problem(_ bytes: [UInt8], _ options: ReadOptions = ReadOptions()) throws -> String {
    let path = "\(folder.path)/\(UUID().uuidString)"
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    let readers: [() throws -> Void] = [
      { _ = try FrameReader.read(path, name: "t", options: options) },
      { _ = try FrameStream(path, name: "t", options: options).next() },
      { _ = try FrameEstimate.of([(path, "t")], options: options) },
    ]
    let sentences = readers.map { read in (#expect(throws: FrameError.self) { try read() })?.description ?? "" }
    #expect(Set(sentences).count == 1)
    return sentences[0]
  }

  private func problem(_ rows: String) throws -> String { try problem(HandmadeWorkbook(rows).bytes) }

  @Test(
    "impossible places are refused with their place in the XML",
    arguments: [
      ("<row><c r=\"XFE1\"><v>1</v></c></row>", "cell 'XFE1' in row 1, after column 0"),
      ("<row><c r=\"AAAAAAAAAAAAAAAAAA1\"><v>1</v></c></row>", "cell 'AAAAAAAAAAAAAAAAAA1' in row 1"),
      ("<row><c r=\"A99999999999999999999\"><v>1</v></c></row>", "cell 'A9999999999999999999' in row 1"),
      ("<row r=\"2\"><c r=\"A1\"><v>1</v></c></row>", "cell 'A1' in row 2"),
      ("<row><c r=\"B1\"><v>1</v></c><c r=\"A1\"><v>1</v></c></row>", "cell 'A1' in row 1, after column 2"),
      ("<row r=\"1048577\"><c><v>1</v></c></row>", "row 1048577; a sheet has at most 1048576 rows"),
      ("<row r=\"5\"/><row r=\"5\"/>", "row '5' follows row 5"),
      ("<row r=\"-1\"/>", "row '-1' follows row 0"),
      ("<c><v>1</v></c>", "a cell outside of a row"),
      ("<row><row/></row>", "a row inside row 1"),
      ("<row><c r=\"XFD1\"><v>1</v></c><c><v>1</v></c></row>", "row 1 has more than 16384 columns"),
      ("<row><c t=\"s\"><v>7</v></c></row>", "row 1, column A: shared text '7' does not exist"),
      ("<row><c t=\"s\"><v>-1</v></c></row>", "shared text '-1' does not exist"),
      ("<row><c><v>1</c></row>", "mismatched tag"),
      ("<row><c><v>1&x;</v></c></row>", "undefined entity"),
    ])
  func places(rows: String, expected: String) throws {
    let problem = try problem(rows)
    #expect(problem.hasPrefix("'t': the workbook's part 'xl/sheet.xml' is invalid: line 1, column "))
    #expect(problem.contains(expected))
    #expect(problem.hasSuffix("; open and save the file with a spreadsheet program"))
  }

  @Test("entities that expand are refused with their document type")
  func entities() throws {
    var workbook = HandmadeWorkbook("<row><c><v>&b;</v></c></row>")
    let sheet = workbook.parts["xl/sheet.xml"] ?? ""
    workbook.parts["xl/sheet.xml"] = "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]>" + sheet
    #expect(try problem(workbook.bytes).contains("it declares a document type, which workbooks do not have"))
    workbook.parts["xl/sheet.xml"] = "<!DOCTYPE x SYSTEM \"file:///etc/passwd\">" + sheet
    #expect(try problem(workbook.bytes).contains("it declares a document type"))
  }

  @Test("texts, tags and parts have limits")
  func limits() throws {
    let long = String(repeating: "x", count: 131_069)
    #expect(try problem("<row><c t=\"str\"><v>\(long)</v></c></row>").contains("exceeds 131068 bytes"))
    #expect(try problem("<row><c><v>1</v></c><!--\(String(repeating: long, count: 20))").contains("a tag of more than"))
    var options = ReadOptions()
    options.maximumBytes = 1 << 16
    #expect(
      try problem(
        HandmadeWorkbook(String(repeating: "<row><c><v>1</v></c></row>", count: 3000)).bytes, options)
        == "'t': exceeds 65536 bytes when unpacked; the daemon's max_table_bytes sets the limit")
    #expect(
      try problem(HandmadeWorkbook("<row><c><v>1</v></c></row>", strings: [String(long.prefix(70_000))]).bytes, options)
        .contains("exceeds 65536 bytes"))
  }

  @Test("a text that many cells share counts each time against the limit")
  func repeatedTexts() throws {
    let word = String(repeating: "word", count: 30_000)
    let rows = String(repeating: "<row><c t=\"s\"><v>0</v></c></row>", count: 2000)
    let path = "\(folder.path)/repeated"
    try Data(HandmadeWorkbook(rows, strings: [word]).bytes).write(to: URL(fileURLWithPath: path))
    var options = ReadOptions()
    options.maximumBytes = 1 << 20
    #expect(throws: FrameError.tooLarge(path: "t", limitBytes: 1 << 20)) {
      try FrameReader.read(path, name: "t", options: options)
    }
  }

  @Test("a stray cell in the last column of a long sheet is an error, not gigabytes of missing values")
  func strayCell() throws {
    let rows =
      "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>"
    #expect(
      try problem(rows)
        == "'t': sheet 'S' has 2 values spread over 1048576 rows and 16384 columns; delete the stray cells outside "
        + "the table")
  }

  @Test("other files of Office programs are named, with what to do")
  func otherFiles() throws {
    func problem(_ parts: [String: String]) throws -> String { try self.problem(HandmadeWorkbook(parts: parts).bytes) }
    let types = "[Content_Types].xml"
    #expect(
      try problem([types: "<T/>", "xl/workbook.bin": "x"])
        == "'t' is a binary workbook (.xlsb), which is not supported; save the table as .xlsx or CSV")
    #expect(try problem(["mimetype": "x", "content.xml": "<x/>"]).contains("an OpenDocument file (.ods)"))
    #expect(
      try problem([
        types: "<T/>",
        "_rels/.rels": "<R><Relationship Id=\"a\" Type=\"t/officeDocument\" Target=\"word/document.xml\"/></R>",
        "word/document.xml": "<x/>",
      ]).contains("an Office document without sheets"))
    #expect(try problem([types: "<T/>"]).contains("a damaged workbook"))
  }

  @Test("a workbook from a pipe is named: its parts are read in another order than they come")
  func pipe() throws {
    let path = "\(folder.path)/pipe"
    #expect(mkfifo(path, 0o600) == 0)
    let bytes = HandmadeWorkbook("<row><c><v>1</v></c></row>").bytes
    let writer = Thread { try? Data(bytes).write(to: URL(fileURLWithPath: path), options: []) }
    writer.start()
    let error = #expect(throws: FrameError.self) {
      try FrameStream(path, name: "t", options: ReadOptions(), takesPipes: true).next()
    }
    #expect(error?.description == "'t' is a workbook from a pipe, which is not supported; give the name of its file")
  }

  @Test("parts that are missing or damaged are named")
  func missingParts() throws {
    var workbook = HandmadeWorkbook("<row><c><v>1</v></c></row>")
    let whole = workbook.bytes
    workbook.parts["xl/sheet.xml"] = nil
    #expect(try problem(workbook.bytes).contains("part 'xl/sheet.xml' is invalid: it is missing"))
    workbook.parts["xl/workbook.xml"] = "<workbook><sheets/></workbook>"
    #expect(try problem(workbook.bytes).contains("the workbook has no sheet with cells"))
    workbook.parts["xl/workbook.xml"] = "<workbook><sheets><sheet name=\"x\"/></sheets></workbook>"
    #expect(try problem(workbook.bytes).contains("a sheet without name or part"))
    #expect(try problem(HandmadeWorkbook("").bytes) == "'t': sheet 'S' is empty")
    #expect(
      try problem(Array(whole.dropLast(100)))
        == "cannot read 't': the end of the workbook is missing; copy the file again")
    var flipped = whole
    if let place = flipped.firstIndex(of: UInt8(ascii: "v")) { flipped[place] = UInt8(ascii: "w") }
    #expect(try !problem(flipped).isEmpty)
  }
}
