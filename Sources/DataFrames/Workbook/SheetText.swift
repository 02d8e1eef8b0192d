/// The text of a sheet, written while it is read.
///
/// Not Sendable: one thread reads.
final class SheetText {
  private let sheet: WorkbookSheet
  private var part: WorkbookPart
  private var writer: SheetWriter
  /// The number of bytes of the writer's text that were delivered.
  private var taken = 0
  private var deliveredBytes = 0
  private var isAtEnd = false

  init(_ sheet: WorkbookSheet) throws(FrameError) {
    self.sheet = sheet
    (part, writer) = try sheet.open()
  }

  /// Starts again from the beginning.
  func rewind() throws(FrameError) {
    (part, writer) = try sheet.open()
    (taken, deliveredBytes, isAtEnd) = (0, 0, false)
  }

  /// Fills `target`; fewer bytes than its size mean the end of the text.
  func read(into target: UnsafeMutableRawBufferPointer) throws(FrameError) -> Int {
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
    guard deliveredBytes <= sheet.limitBytes else { throw .tooLarge(path: sheet.path, limitBytes: sheet.limitBytes) }
    return filled
  }

  /// The size of the whole text, estimated from the rows written so far; exact at the end.
  var expectedBytes: Double {
    guard !isAtEnd, writer.rowCount > 0 else { return Double(deliveredBytes) }
    let written = Double(deliveredBytes + writer.text.count - taken)
    return written * max(1, Double(sheet.rowCount) / Double(writer.rowCount))
  }
}
