/// Collects the texts of a column in one block of text.
///
/// Not Sendable: one thread writes.
final class TextWriter {
  private static let leastBytes = 1 << 10

  @exclusivity(unchecked) private var room: Room
  @exclusivity(unchecked) private var byteCapacity: Int
  @exclusivity(unchecked) private var byteCount = 0
  @exclusivity(unchecked) private var spans: [TextSpan] = []

  /// - Parameters:
  ///   - rowCount: The expected number of texts.
  ///   - byteCount: Their expected size; what is not needed is returned.
  init(rowCount: Int, byteCount: Int) {
    byteCapacity = max(Self.leastBytes, byteCount)
    room = Self.room(byteCapacity)
    spans.reserveCapacity(rowCount)
  }

  private static func room(_ byteCount: Int) -> Room {
    let room = Room(byteCount: byteCount)
    // Otherwise the system would take as long to provide the memory as texts take to be read.
    LargePages.request(for: UnsafeMutableRawBufferPointer(start: room.start, count: byteCount))
    return room
  }

  /// Adds a text in its encoding.
  @inline(__always)
  func append(_ text: UnsafeBufferPointer<UInt8>) {
    if PackedText.isPlain(text) { add(text) } else { append(CSVScanner.text(text)) }
  }

  func append(_ text: String) {
    var text = text
    text.withUTF8 { add($0) }
  }

  @inline(__always)
  private func add(_ text: UnsafeBufferPointer<UInt8>) {
    if byteCount + text.count > byteCapacity { grow(text.count) }
    if let start = text.baseAddress { (room.start + byteCount).copyMemory(from: start, byteCount: text.count) }
    spans.append(TextSpan(start: UInt32(truncatingIfNeeded: byteCount), count: UInt32(truncatingIfNeeded: text.count)))
    byteCount += text.count
  }

  private func grow(_ more: Int) {
    precondition(byteCount + more <= TextPiece.mostBytes, "a block of text is smaller than 4 GiB")
    byteCapacity = max(2 * byteCapacity, byteCount + more)
    let larger = Self.room(byteCapacity)
    larger.start.copyMemory(from: room.start, byteCount: byteCount)
    room = larger
  }

  /// Returns the texts, which the writer loses.
  func take() -> PackedText {
    room.trim(to: byteCount)
    let piece = TextPiece(
      spans, start: UnsafePointer(room.start.bindMemory(to: UInt8.self, capacity: byteCount)), byteCount: byteCount,
      owner: room)
    spans = []
    (room, byteCapacity, byteCount) = (Room(byteCount: 0), 0, 0)
    return PackedText(piece)
  }
}
