/// The texts of a column, in a few pieces of memory.
///
/// Tables are read in blocks, whose pieces are joined without copying them.
package struct PackedText: Sendable {
  /// Shorter pieces are copied when texts are joined, so that there are few.
  private static let leastTexts = 1024

  /// At least one piece.
  private var pieces = [TextPiece()]
  /// The row of the first text of each piece.
  private var firstRows = [0]
  /// The number of texts in all pieces but the last.
  private var countBefore = 0

  package init() {}

  package init(_ texts: some Sequence<String>) { for text in texts { append(text) } }

  package var count: Int { countBefore + pieces[pieces.count - 1].count }
  /// The size of the texts and their ends in memory.
  package var byteCount: Int { pieces.reduce(0) { $0 + $1.memoryBytes } }

  package subscript(row: Int) -> String {
    let (piece, place) = place(of: row)
    return pieces[piece][place]
  }

  /// Returns the piece that holds the text of a row, and its place there.
  private func place(of row: Int) -> (piece: Int, place: Int) {
    var (low, high) = (0, pieces.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if firstRows[middle] <= row { low = middle } else { high = middle }
    }
    return (low, row - firstRows[low])
  }

  /// Calls `body` with each row and the bytes of its text, in order.
  @inline(__always)
  func forEach(_ body: (_ row: Int, _ text: UnsafeBufferPointer<UInt8>) -> Void) {
    for (piece, first) in zip(pieces, firstRows) { piece.forEach { body(first + $0, $1) } }
  }

  package mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { appendPlain($0) }
  }

  /// Appends the bytes of a field, in its encoding.
  @inline(__always)
  mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
    if Self.isPlain(text) { appendPlain(text) } else { append(CSVScanner.text(text)) }
  }

  @inline(__always)
  private mutating func appendPlain(_ text: UnsafeBufferPointer<UInt8>) {
    pieces[pieces.count - 1].append(text)
  }

  private mutating func begin(_ piece: TextPiece) {
    countBefore = count
    pieces.append(piece)
    firstRows.append(countBefore)
  }

  /// Returns true for ASCII.
  @inline(__always)
  private static func isPlain(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let raw = UnsafeRawBufferPointer(text)
    var bits: UInt64 = 0
    var position = 0
    while position + 8 <= raw.count {
      bits |= raw.loadUnaligned(fromByteOffset: position, as: UInt64.self)
      position += 8
    }
    while position < raw.count {
      bits |= UInt64(raw[position])
      position += 1
    }
    return bits & 0x8080_8080_8080_8080 == 0
  }

  /// Makes the last `count` texts those of the rows with a value among `rowCount` rows; the others are empty.
  mutating func spread(_ count: Int, over rowCount: Int, hasValue: (_ row: Int) -> Bool) {
    pieces[pieces.count - 1].spread(count, over: rowCount, hasValue: hasValue)
  }

  mutating func append(_ other: PackedText) {
    for piece in other.pieces where piece.count > 0 {
      if count == 0 {
        self = PackedText(piece)
      } else if piece.count >= Self.leastTexts {
        begin(piece)
      } else {
        piece.forEach { appendPlain($1) }
      }
    }
  }

  private init(_ piece: TextPiece) { pieces = [piece] }

  mutating func reserveCapacity(texts: Int, bytes byteCount: Int) {
    pieces[pieces.count - 1].reserveCapacity(texts: texts, bytes: byteCount)
  }

  /// Returns the texts of `rows`, in that order.
  func selecting(_ rows: [Int]) -> PackedText {
    var selected = PackedText()
    selected.reserveCapacity(texts: rows.count, bytes: 0)
    for row in rows {
      let (piece, place) = place(of: row)
      pieces[piece].withBytes(of: place) { selected.appendPlain($0) }
    }
    return selected
  }
}

extension PackedText: Equatable {
  /// Compares the texts, wherever they lie.
  package static func == (one: PackedText, other: PackedText) -> Bool {
    one.count == other.count && (0..<one.count).allSatisfy { one[$0] == other[$0] }
  }
}

extension PackedText: ExpressibleByArrayLiteral {
  package init(arrayLiteral texts: String...) { self.init(texts) }
}
