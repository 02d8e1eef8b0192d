/// The text of a sheet, written while it is read.
///
/// Not Sendable: one thread reads.
final class SheetText: ByteReader {
  private let sheet: WorkbookSheet
  private let maximumBytes: Int
  /// The cells and their receiver; nil before the first.
  private var cells: (part: WorkbookPart, writer: SheetWriter)?
  /// The number of bytes of the writer's text that were delivered.
  private var taken = 0
  private var deliveredBytes = 0
  private var isAtEnd = false

  init(_ sheet: WorkbookSheet, maximumBytes: Int) {
    self.sheet = sheet
    self.maximumBytes = maximumBytes
  }

  /// Starts again from the beginning.
  func rewind() {
    cells = nil
    (taken, deliveredBytes, isAtEnd) = (0, 0, false)
  }

  /// Fills `target`; fewer bytes than its size mean the end of the text.
  func read(into target: UnsafeMutableRawBufferPointer) throws(FrameError) -> Int {
    let (part, writer) = if let cells { cells } else { try sheet.open() }
    cells = (part, writer)
    var filled = 0
    while filled < target.count {
      if taken == writer.text.count {
        writer.clear()
        taken = 0
        if isAtEnd { break }
        isAtEnd = try !part.step()
        continue
      }
      let count = min(writer.text.count - taken, target.count - filled)
      writer.text.withUnsafeBytes { text in
        UnsafeMutableRawBufferPointer(rebasing: target[filled..<filled + count])
          .copyMemory(from: UnsafeRawBufferPointer(rebasing: text[taken..<taken + count]))
      }
      taken += count
      filled += count
    }
    deliveredBytes += filled
    guard deliveredBytes <= maximumBytes else { throw .tooLarge(path: sheet.path, limitBytes: maximumBytes) }
    return filled
  }

  /// The size of the whole text, estimated from the rows written so far; exact at the end.
  var expectedBytes: Double {
    guard !isAtEnd, let writer = cells?.writer, writer.rowCount > 0 else { return Double(deliveredBytes) }
    let written = Double(deliveredBytes + writer.text.count - taken)
    return written * max(1, Double(sheet.rowCount) / Double(writer.rowCount))
  }

  func outOfMemory(byteCount: Int) -> FrameError { .outOfMemory(path: sheet.path, byteCount: byteCount) }

  func binary(_ head: some Collection<UInt8>, offset: Int) -> FrameError { .binary(path: sheet.path, offset: offset) }
}
