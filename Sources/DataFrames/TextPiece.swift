/// Texts one behind the other in one piece of memory.
struct TextPiece: Sendable {
  private var bytes: [UInt8] = []
  /// The end of each text in `bytes`.
  private var ends: [Int] = []

  var count: Int { ends.count }
  /// The size of the texts and their ends in memory.
  var memoryBytes: Int { bytes.count + ends.count * MemoryLayout<Int>.size }

  mutating func reserveCapacity(texts: Int, bytes byteCount: Int) {
    ends.reserveCapacity(texts)
    bytes.reserveCapacity(byteCount)
  }

  @inline(__always)
  mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
    bytes.append(contentsOf: text)
    ends.append(bytes.count)
  }

  /// Calls `body` with the bytes of the text in a row.
  func withBytes(of row: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    let range = range(of: row)
    bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[range])) }
  }

  private func range(of row: Int) -> Range<Int> { (row == 0 ? 0 : ends[row - 1])..<ends[row] }

  subscript(row: Int) -> String { String(decoding: bytes[range(of: row)], as: UTF8.self) }

  /// Calls `body` with each row and the bytes of its text, in order.
  @inline(__always)
  func forEach(_ body: (_ row: Int, _ text: UnsafeBufferPointer<UInt8>) -> Void) {
    bytes.withUnsafeBufferPointer { bytes in
      ends.withUnsafeBufferPointer { ends in
        var start = 0
        for row in ends.indices {
          let end = ends[row]
          body(row, UnsafeBufferPointer(rebasing: bytes[start..<end]))
          start = end
        }
      }
    }
  }

  /// Makes the last `count` texts those of the rows with a value among `rowCount` rows; the others are empty.
  mutating func spread(_ count: Int, over rowCount: Int, hasValue: (_ row: Int) -> Bool) {
    guard count < rowCount, count <= ends.count else { return }
    let first = ends.count - count
    var next = ends.count
    ends.append(contentsOf: repeatElement(0, count: rowCount - count))
    // From behind, so that no end is overwritten before it has moved.
    for row in (0..<rowCount).reversed() {
      ends[first + row] = next > 0 ? ends[next - 1] : 0
      if hasValue(row), next > first { next -= 1 }
    }
  }
}
