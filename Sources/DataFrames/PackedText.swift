/// The texts of a column, in a few pieces of memory.
///
/// Tables are read in blocks, whose pieces are joined without copying them.
package struct PackedText: Sendable {
  /// Shorter pieces are copied when texts are joined, so that there are few.
  private static let leastTexts = 1024

  /// The pieces before the last, and the row of the first text of each.
  private var pieces: [TextPiece] = []
  private var firstRows: [Int] = []
  /// The number of texts in these pieces.
  private var countBefore = 0
  /// The piece behind them.
  private var last = TextPiece()
  /// The number of different texts in the rows with a value, if someone has counted them.
  package private(set) var distinctCount: Int?

  package init() {}

  init(_ piece: TextPiece) { last = piece }

  package init(_ texts: some Sequence<String>) { for text in texts { append(text) } }

  package var count: Int { countBefore + last.count }
  /// The size of the texts and their ends in memory.
  package var byteCount: Int { pieces.reduce(last.memoryBytes) { $0 + $1.memoryBytes } }

  package subscript(row: Int) -> String {
    let (piece, place) = place(of: row)
    return piece[place]
  }

  /// Returns the piece that holds the text of a row, and its place there.
  private func place(of row: Int) -> (piece: TextPiece, place: Int) {
    guard row < countBefore else { return (last, row - countBefore) }
    var (low, high) = (0, pieces.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if firstRows[middle] <= row { low = middle } else { high = middle }
    }
    return (pieces[low], row - firstRows[low])
  }

  /// Calls `body` with the bytes of the text in a row.
  func withBytes(of row: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    let (piece, place) = place(of: row)
    piece.withBytes(of: place, body)
  }

  /// Returns the number of different texts in rows that are not missing, by hashes of 64 bits.
  static func distinctCount(of parts: [(texts: PackedText, missing: RowSet)]) -> Int {
    DistinctWords.count(atMost: parts.reduce(0) { $0 + $1.texts.count }) { words in
      var count = 0
      for part in parts { count += part.texts.hashes(into: words + count, missing: part.missing) }
      return count
    }
  }

  private func hashes(into target: UnsafeMutablePointer<UInt64>, missing: RowSet) -> Int {
    var count = 0
    for (piece, first) in zip(pieces + [last], firstRows + [countBefore]) {
      count += piece.hashes(into: target + count, missing: missing, countedFrom: first)
    }
    return count
  }

  /// Calls `body` with each row and the bytes of its text, in order.
  @inline(__always)
  func forEach(_ body: (_ row: Int, _ text: UnsafeBufferPointer<UInt8>) -> Void) {
    for (piece, first) in zip(pieces + [last], firstRows + [countBefore]) { piece.forEach { body(first + $0, $1) } }
  }

  package mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { add($0) }
  }

  /// Appends UTF-8.
  @inline(__always)
  private mutating func add(_ text: UnsafeBufferPointer<UInt8>) {
    if !last.grows || last.byteCount + text.count > TextPiece.mostBytes { endPiece() }
    last.append(text)
    distinctCount = nil
  }

  /// States the number of different texts in the rows with a value.
  mutating func note(distinct count: Int) { distinctCount = count }

  /// Appends the bytes of a field, in its encoding.
  @inline(__always)
  mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
    if Self.isPlain(text) { add(text) } else { append(CSVScanner.text(text)) }
  }

  /// Returns true for ASCII.
  @inline(__always)
  static func isPlain(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
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
    last.spread(count, over: rowCount, hasValue: hasValue)
  }

  mutating func append(_ other: PackedText) {
    distinctCount = nil
    for piece in other.pieces + [other.last] where piece.count > 0 {
      if last.count > 0, piece.count < Self.leastTexts {
        piece.forEach { add($1) }
      } else {
        endPiece()
        last = piece
      }
    }
  }

  private mutating func endPiece() {
    guard last.count > 0 else {
      last = TextPiece()
      return
    }
    pieces.append(last)
    firstRows.append(countBefore)
    countBefore += last.count
    last = TextPiece()
  }

  mutating func reserveCapacity(texts: Int, bytes byteCount: Int) {
    if !last.grows { endPiece() }
    last.reserveCapacity(texts: texts, bytes: byteCount)
  }

  /// Returns the texts of `rows`, in that order.
  func selecting(_ rows: [Int]) -> PackedText {
    var selected = PackedText()
    selected.reserveCapacity(texts: rows.count, bytes: 0)
    for row in rows {
      let (piece, place) = place(of: row)
      piece.withBytes(of: place) { selected.add($0) }
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
