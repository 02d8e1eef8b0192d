/// Recognises the files of Office programs, and names those that are not read.
enum OfficeFile {
  /// The first bytes of a zip archive with files.
  private static let zip: [UInt8] = [0x50, 0x4B, 0x03, 0x04]
  private static let contentTypes = "[content_types].xml"

  /// Returns true for a zip archive with the files of an Office document; false for archives of tables.
  ///
  /// - `names`: The names of the entries, in the form of ``ZipEntry/normal(_:)``.
  static func isOfficeArchive(names: Set<String>) -> Bool {
    names.contains(contentTypes) || names.contains("index/document.iwa")
      || (names.contains("mimetype") && names.contains("content.xml"))
  }

  /// Returns true for the name of a part that Office writes as the first of an archive.
  static func isPart(_ name: String) -> Bool {
    let name = ZipEntry.normal(name)
    return name == contentTypes || ["_rels/", "docprops/", "xl/"].contains { name.hasPrefix($0) }
  }

  /// Returns the error for a workbook without the directory of its parts, or whose parts come in order.
  static func unreadable(_ file: TableFile) -> FrameError {
    file.isRegular
      ? .unreadable(path: file.name, reason: "the end of the workbook is missing; copy the file again")
      : .otherFormat(path: file.name, format: "a workbook from a pipe", advice: "give the name of its file")
  }

  static func isZip(_ head: some Sequence<UInt8>) -> Bool { head.starts(with: zip) }

  /// Returns an error for an archive that is no workbook of XML.
  ///
  /// - `document`: The main part of the document.
  static func refusal(names: Set<String>, document: String, path: String) -> FrameError? {
    let format: String
    if names.contains("mimetype") {
      format = "an OpenDocument file (.ods)"
    } else if names.contains("index/document.iwa") {
      format = "a file of Apple Numbers"
    } else if document.hasSuffix(".bin") || names.contains("xl/workbook.bin") {
      format = "a binary workbook (.xlsb)"
    } else if document.hasPrefix("word/") || document.hasPrefix("ppt/") {
      format = "an Office document without sheets"
    } else if names.contains(document) {
      return nil
    } else {
      format = "a damaged workbook or another archive with '[Content_Types].xml'"
    }
    return .otherFormat(path: path, format: format, advice: "save the table as .xlsx or CSV")
  }
}
