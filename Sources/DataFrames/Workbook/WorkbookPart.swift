/// An XML part of a workbook, parsed as it is unpacked.
///
/// Not Sendable: one thread reads.
final class WorkbookPart {
  private let entry: ZipEntry
  private let path: String
  private let reader: XMLReader
  /// The unpacked bytes that are not yet parsed.
  private var rest = UnsafeRawBufferPointer(start: nil, count: 0)
  private var isAtEnd = false

  init(_ entry: ZipEntry, path: String, handler: any XMLHandler) throws(FrameError) {
    guard let reader = XMLReader(handler) else { throw .outOfMemory(path: path, byteCount: XMLReader.pieceBytes) }
    self.entry = entry
    self.path = path
    self.reader = reader
  }

  /// Parses the next few kilobytes; returns false at the end.
  func step() throws(FrameError) -> Bool {
    guard !isAtEnd else { return false }
    if rest.isEmpty {
      if let next = try entry.next() { rest = next } else { isAtEnd = true }
    }
    let piece = UnsafeRawBufferPointer(rebasing: rest.prefix(XMLReader.pieceBytes))
    rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(piece.count))
    do throws(XMLProblem) { try reader.parse(piece, isLast: isAtEnd) } catch {
      throw .invalidWorkbook(path: path, part: entry.name, problem: error.text)
    }
    return !isAtEnd
  }

  /// Parses the whole part.
  func readAll() throws(FrameError) { while try step() {} }
}
