/// The texts of a column, one behind the other in one piece of memory.
package struct PackedText: Sendable, Equatable {
  private var bytes: [UInt8] = []
  /// The end of each text in `bytes`.
  private var ends: [Int] = []

  package init() {}

  package init(_ texts: some Sequence<String>) { for text in texts { append(text) } }

  package var count: Int { ends.count }
  /// The size of the texts and their ends in memory.
  package var byteCount: Int { bytes.count + ends.count * MemoryLayout<Int>.size }

  /// The bytes of all texts.
  var textBytes: Int { bytes.count }

  package subscript(row: Int) -> String {
    String(decoding: bytes[(row == 0 ? 0 : ends[row - 1])..<ends[row]], as: UTF8.self)
  }

  package mutating func append(_ text: String) {
    bytes.append(contentsOf: text.utf8)
    ends.append(bytes.count)
  }

  /// Appends the bytes of a field, in its encoding.
  mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
    guard text.allSatisfy({ $0 < 128 }) else { return append(CSVScanner.text(text)) }
    bytes.append(contentsOf: text)
    ends.append(bytes.count)
  }

  mutating func append(_ other: PackedText) {
    let first = bytes.count
    bytes += other.bytes
    ends.append(contentsOf: other.ends.lazy.map { $0 + first })
  }

  mutating func reserveCapacity(texts: Int, bytes byteCount: Int) {
    ends.reserveCapacity(texts)
    bytes.reserveCapacity(byteCount)
  }

  /// Returns the texts of `rows`, in that order.
  func selecting(_ rows: [Int]) -> PackedText {
    var selected = PackedText()
    selected.ends.reserveCapacity(rows.count)
    for row in rows {
      selected.bytes += bytes[(row == 0 ? 0 : ends[row - 1])..<ends[row]]
      selected.ends.append(selected.bytes.count)
    }
    return selected
  }
}

extension PackedText: ExpressibleByArrayLiteral {
  package init(arrayLiteral texts: String...) { self.init(texts) }
}
