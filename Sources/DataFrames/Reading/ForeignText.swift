/// A text that is not a table, recognised in order to say what to do with it.
enum ForeignText {
  /// A beginning of other texts, in lower case.
  private static let beginnings: [(text: String, name: String, advice: String)] = [
    ("<!doctype html", "a web page (HTML)", web), ("<html", "a web page (HTML)", web),
    ("<head", "a web page (HTML)", web), ("<body", "a web page (HTML)", web), ("<table", "a web page (HTML)", web),
    ("<?xml", "an XML document", "export the table as CSV or Parquet"),
    ("<!doctype", "an XML document", "export the table as CSV or Parquet"),
    (
      "version https://git-lfs.github.com/spec/", "a pointer to a file in Git LFS, not the file itself",
      "fetch the file with git lfs pull"
    ),
    ("/annex/objects/", "a pointer of git-annex, not the file itself", "fetch the file with git annex get"),
    ("%pdf-", "a PDF document", "export the table as CSV"),
    ("{\\rtf", "a rich-text document (RTF)", "save the table as CSV"),
    ("header record*******lib", "a SAS transport file (XPORT)", ForeignFormat.withPandas("read_sas")),
    ("ascii spss port file", "a portable SPSS file", "save it as .sav or CSV"),
    ("ccopy_reg\n", "a Python pickle", ForeignFormat.withPandas("read_pickle")),
    ("cpandas.", "a Python pickle", ForeignFormat.withPandas("read_pickle")),
    ("create table ", "an SQL script", "load it into a database and export the table as CSV"),
    ("insert into ", "an SQL script", "load it into a database and export the table as CSV"),
  ]
  private static let web = "download the table itself; this may be the page of a login or an error"

  private static let tarMagic = (offset: 257, text: "ustar")

  /// Returns the error for a text that begins with `head`; nil for a table.
  static func refusal(of head: UnsafeBufferPointer<UInt8>, path: String) -> FrameError? {
    let bytes = head.starts(with: [0xEF, 0xBB, 0xBF]) ? head.dropFirst(3) : head[...]
    let start = bytes.drop { $0 <= UInt8(ascii: " ") }.prefix(TableFile.headBytes)
    let lowercased = start.prefix(64).map { (65...90).contains($0) ? $0 + 32 : $0 }
    if let known = beginnings.first(where: { lowercased.starts(with: $0.text.utf8) }) {
      return .otherFormat(path: path, format: known.name, advice: known.advice)
    }
    if isJSON(start) {
      let advice =
        isLines(bytes)
        ? "convert it to CSV or Parquet, for example with polars: read_ndjson, then write_parquet"
        : "convert it to CSV or Parquet, for example with pandas: read_json, then to_parquet"
      return .otherFormat(path: path, format: isLines(bytes) ? "JSON in lines (NDJSON)" : "JSON", advice: advice)
    }
    return nil
  }

  /// Returns the error for a text of four bytes a character, most of which are zero; nil for other content.
  static func refusal(ofWide head: some Collection<UInt8>, path: String) -> FrameError? {
    let bytes = Array(head)
    guard bytes.count >= 8 else { return nil }
    let units = stride(from: 0, through: bytes.count - 4, by: 4).map { Array(bytes[$0..<$0 + 4]) }
    let isWide = [units, units.map { $0.reversed() }].contains { units in
      units.allSatisfy { $0[3] == 0 && $0[2] <= 0x10 && ($0[2] > 0 || $0[1] > 0 || $0[0] > 0) }
    }
    guard isWide else { return nil }
    return .otherFormat(
      path: path, format: "a text in UTF-32", advice: "save it as UTF-8, for example with iconv -f UTF-32 -t UTF-8")
  }

  /// Returns the error for a tar archive, which has zero bytes; nil for other content.
  static func refusal(ofArchive head: some Collection<UInt8>, path: String) -> FrameError? {
    guard head.dropFirst(tarMagic.offset).starts(with: tarMagic.text.utf8) else { return nil }
    return .otherFormat(path: path, format: "a tar archive", advice: "unpack it and name the table in it")
  }

  /// Returns true for the beginning of an object, or of a list of objects, lists or texts.
  private static func isJSON(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    func next(_ place: Int) -> UInt8? { text[place...].dropFirst().first { $0 > UInt8(ascii: " ") } }
    switch text.first {
    case UInt8(ascii: "{"):
      guard next(text.startIndex) == UInt8(ascii: "\"") else { return next(text.startIndex) == UInt8(ascii: "}") }
      // The name of a member ends before a colon.
      let name = text.drop { $0 != UInt8(ascii: "\"") }.dropFirst().drop { $0 != UInt8(ascii: "\"") }
      return name.dropFirst().first { $0 > UInt8(ascii: " ") } == UInt8(ascii: ":")
    case UInt8(ascii: "["):
      let second = next(text.startIndex)
      return second == UInt8(ascii: "{") || second == UInt8(ascii: "[") || second == UInt8(ascii: "\"")
        || second == UInt8(ascii: "]")
    default: return false
    }
  }

  /// Returns true if the first line is an object of its own.
  private static func isLines(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    let line = text.drop { $0 <= UInt8(ascii: " ") }.prefix { $0 != UInt8(ascii: "\n") }
    let behind = text[line.endIndex...].first { $0 > UInt8(ascii: " ") }
    return line.first == UInt8(ascii: "{") && line.last { $0 > UInt8(ascii: " ") } == UInt8(ascii: "}")
      && behind == UInt8(ascii: "{")
  }
}
