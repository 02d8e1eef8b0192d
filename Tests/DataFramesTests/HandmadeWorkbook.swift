import Foundation

/// A workbook from the text of its parts, for what no program writes.
struct HandmadeWorkbook {
  /// The parts by their names in the archive.
  var parts: [String: String]

  /// Makes a workbook whose only sheet, `S`, has these cells.
  ///
  /// - Parameters:
  ///   - rows: The XML inside `sheetData`.
  ///   - after: The XML behind `sheetData`.
  ///   - strings: The shared texts.
  ///   - formats: The codes of number formats, whose cells have the styles 1, 2 and so on.
  init(_ rows: String, after: String = "", strings: [String] = [], formats: [String] = []) {
    func link(_ id: String, _ type: String, _ target: String) -> String {
      "<Relationship Id=\"\(id)\" Type=\"http://r/\(type)\" Target=\"\(target)\"/>"
    }
    let codes = formats.enumerated().map { index, code in
      "<numFmt numFmtId=\"\(200 + index)\" formatCode=\"\(code.replacingOccurrences(of: "\"", with: "&quot;"))\"/>"
    }
    parts = [
      "[Content_Types].xml": "<Types/>",
      "_rels/.rels": "<Relationships>\(link("a", "officeDocument", "xl/workbook.xml"))</Relationships>",
      "xl/workbook.xml": "<workbook><sheets><sheet name=\"S\" sheetId=\"1\" id=\"b\"/></sheets></workbook>",
      "xl/_rels/workbook.xml.rels":
        "<Relationships>\(link("b", "worksheet", "sheet.xml"))\(link("c", "sharedStrings", "strings.xml"))"
        + "\(link("d", "styles", "styles.xml"))</Relationships>",
      "xl/sheet.xml": "<worksheet><sheetData>\(rows)</sheetData>\(after)</worksheet>",
      "xl/strings.xml": "<sst>\(strings.map { "<si><t>\($0)</t></si>" }.joined())</sst>",
      "xl/styles.xml":
        "<styleSheet><numFmts>\(codes.joined())</numFmts><cellXfs><xf numFmtId=\"0\"/>"
        + formats.indices.map { "<xf numFmtId=\"\(200 + $0)\"/>" }.joined() + "</cellXfs></styleSheet>",
    ]
  }

  init(parts: [String: String]) { self.parts = parts }

  /// The zip archive, without compression.
  var bytes: [UInt8] {
    var (files, directory): ([UInt8], [UInt8]) = ([], [])
    for (name, text) in parts.sorted(by: { $0.key < $1.key }) {
      let content = Array(text.utf8)
      let sizes = Self.four(Self.checksum(content)) + Self.four(content.count) + Self.four(content.count)
      let entry = [20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0x50] + sizes + Self.two(name.utf8.count) + [0, 0]
      directory +=
        Array("PK\u{1}\u{2}".utf8) + [20, 0] + entry + [UInt8](repeating: 0, count: 10) + Self.four(files.count)
        + Array(name.utf8)
      files += Array("PK\u{3}\u{4}".utf8) + entry + Array(name.utf8) + content
    }
    return files + directory + Array("PK\u{5}\u{6}".utf8) + [0, 0, 0, 0] + Self.two(parts.count) + Self.two(parts.count)
      + Self.four(directory.count) + Self.four(files.count) + [0, 0]
  }

  private static func two(_ number: Int) -> [UInt8] { [UInt8(number & 0xFF), UInt8(number >> 8 & 0xFF)] }
  private static func four(_ number: Int) -> [UInt8] { two(number & 0xFFFF) + two(number >> 16) }

  private static func checksum(_ bytes: [UInt8]) -> Int {
    var sum: UInt32 = .max
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
    }
    return Int(~sum)
  }
}
