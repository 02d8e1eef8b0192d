/// The parts of a workbook in its zip archive.
struct WorkbookArchive {
  /// The limit for parts that describe a workbook; those of large ones have some hundred kilobytes.
  private static let descriptionBytes = 64 << 20

  /// An open, regular file.
  let descriptor: Int32
  /// The name of the file in messages.
  let path: String
  /// The names of the parts, in the form of ``ZipEntry/normal(_:)``.
  let names: Set<String>
  /// The limit for texts and sheets, in unpacked bytes.
  let limitBytes: Int

  /// Parses a small part; without it, the handler receives nothing.
  func describe(_ part: String, _ handler: some XMLHandler) throws(FrameError) {
    guard names.contains(part) else { return }
    try open(part, handler, limitBytes: Self.descriptionBytes).readAll()
  }

  /// Parses a part.
  func read(_ part: String, _ handler: some XMLHandler) throws(FrameError) { try open(part, handler).readAll() }

  /// Opens a part to be parsed step by step.
  func open(
    _ part: String, _ handler: some XMLHandler, limitBytes: Int? = nil
  ) throws(FrameError) -> WorkbookPart {
    let limit = limitBytes ?? self.limitBytes
    guard let entry = try ZipEntry(in: descriptor, path: path, limitBytes: limit, where: { $0 == part }) else {
      throw .invalidWorkbook(path: path, part: part, problem: "it is missing")
    }
    return try WorkbookPart(entry, path: path, handler: handler)
  }

  /// Reads the links of a part.
  func relationships(of part: String) throws(FrameError) -> WorkbookRelationships {
    let folder = part.lastIndex(of: "/").map { String(part[...$0]) } ?? ""
    let links = WorkbookRelationships(folder: folder)
    try describe("\(folder)_rels/\(part.dropFirst(folder.count)).rels", links)
    return links
  }
}
