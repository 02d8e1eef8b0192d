/// Collects the texts of a column in one block of text.
///
/// Texts stay where they stand in the block as long as they are UTF-8 there. Not Sendable: one thread writes.
final class TextWriter {
  private static let leastBytes = 1 << 10

  /// The places of the texts, by row.
  let places: UnsafeMutablePointer<TextSpan>
  private let placeRoom: Room
  /// The block in which all texts stand; nil if they are copied.
  @exclusivity(unchecked) private var block: TextBlock?
  /// Copies of texts.
  @exclusivity(unchecked) private var room = Room(byteCount: 0)
  @exclusivity(unchecked) private var byteCapacity = 0
  @exclusivity(unchecked) private var byteCount = 0

  /// - Parameters:
  ///   - rowCount: The most texts.
  ///   - byteCount: The expected size of copied texts; what is not needed is returned.
  ///   - block: The block of the texts, if it is UTF-8.
  init(rowCount: Int, byteCount: Int, block: TextBlock?) {
    placeRoom = Room(zeros: rowCount * MemoryLayout<TextSpan>.stride)
    places = placeRoom.start.bindMemory(to: TextSpan.self, capacity: rowCount)
    self.block = block
    if block == nil { reserve(byteCount) }
  }

  /// True if the place of a text in the block is all that a row needs.
  var staysInBlock: Bool { block != nil }

  /// Sets a text of the block, in its encoding.
  @inline(__always)
  func set(_ row: Int, _ text: UnsafeBufferPointer<UInt8>) {
    if let block, let start = text.baseAddress {
      places[row] = TextSpan(
        start: UInt32(truncatingIfNeeded: UnsafePointer(block.start).distance(to: start)),
        count: UInt32(truncatingIfNeeded: text.count))
    } else if PackedText.isPlain(text) {
      copy(text, to: row)
    } else {
      set(row, CSVScanner.text(text))
    }
  }

  /// Sets a text that differs from the bytes of the block.
  func set(_ row: Int, _ text: String) {
    leaveBlock(rowCount: row)
    var text = text
    text.withUTF8 { copy($0, to: row) }
  }

  func setMissing(_ row: Int) { places[row] = .empty }

  @inline(__always)
  private func copy(_ text: UnsafeBufferPointer<UInt8>, to row: Int) {
    if byteCount + text.count > byteCapacity { reserve(max(2 * byteCapacity, byteCount + text.count)) }
    if let start = text.baseAddress { (room.start + byteCount).copyMemory(from: start, byteCount: text.count) }
    places[row] = TextSpan(
      start: UInt32(truncatingIfNeeded: byteCount), count: UInt32(truncatingIfNeeded: text.count))
    byteCount += text.count
  }

  /// Makes room for `count` bytes of copies.
  private func reserve(_ count: Int) {
    precondition(byteCount <= TextPiece.mostBytes, "a block of text is smaller than 4 GiB")
    byteCapacity = max(Self.leastBytes, count)
    let larger = Room(byteCount: byteCapacity)
    larger.start.copyMemory(from: room.start, byteCount: byteCount)
    room = larger
  }

  /// Copies the texts of the first `rowCount` rows.
  private func leaveBlock(rowCount: Int) {
    guard let block else { return }
    reserve(textBytes(rowCount: rowCount))
    for row in 0..<rowCount {
      let place = places[row]
      copy(UnsafeBufferPointer(start: block.start + Int(place.start), count: Int(place.count)), to: row)
    }
    self.block = nil
  }

  /// The bytes of the first `rowCount` texts.
  func textBytes(rowCount: Int) -> Int {
    var sum = 0
    for row in 0..<rowCount { sum += Int(places[row].count) }
    return sum
  }

  /// Returns the texts of the first `rowCount` rows, which the writer loses.
  ///
  /// - `blockShare`: The bytes of the block for each byte of texts in it; nil to copy the texts and free the block.
  func take(rowCount: Int, blockShare: Double?) -> PackedText {
    if blockShare == nil { leaveBlock(rowCount: rowCount) }
    placeRoom.trim(to: rowCount * MemoryLayout<TextSpan>.stride)
    let places = UnsafeBufferPointer(start: UnsafePointer(self.places), count: rowCount)
    if let block, let blockShare {
      let byteCount = Int(Double(textBytes(rowCount: rowCount)) * blockShare)
      return PackedText(
        TextPiece(places, in: placeRoom, start: UnsafePointer(block.start), byteCount: byteCount, owner: block))
    }
    room.trim(to: byteCount)
    let start = UnsafePointer(room.start.bindMemory(to: UInt8.self, capacity: byteCount))
    return PackedText(TextPiece(places, in: placeRoom, start: start, byteCount: byteCount, owner: room))
  }
}
