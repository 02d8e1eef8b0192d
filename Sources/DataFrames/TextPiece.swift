/// The place of a text in its memory.
struct TextSpan {
  var start: UInt32
  var count: UInt32

  static let empty = TextSpan(start: 0, count: 0)
}

/// Texts in one piece of memory: its own, which grows, or memory that reading has left behind, such as a page of a file.
///
/// `@unchecked Sendable`: nobody writes the memory of others once texts lie in it.
struct TextPiece: @unchecked Sendable {
  /// A text that would end behind this byte takes another piece.
  static let mostBytes = Int(UInt32.max)

  private var bytes: [UInt8] = []
  /// The memory of others that holds the texts, and its owner.
  private var foreign: (start: UnsafePointer<UInt8>, byteCount: Int, owner: AnyObject)?
  private var spans: [TextSpan] = []
  /// The places of the texts in memory of others, instead of those in ``spans``, and its owner.
  private var foreignSpans: (places: UnsafeBufferPointer<TextSpan>, owner: AnyObject)?

  init() {}

  /// Takes texts in the first `byteCount` bytes of the memory at `start`, which `owner` keeps alive.
  init(_ spans: [TextSpan], start: UnsafePointer<UInt8>, byteCount: Int, owner: AnyObject) {
    self.spans = spans
    foreign = (start, byteCount, owner)
  }

  /// Takes texts in the memory at `start`, which `owner` keeps alive, at `places`, which `room` keeps alive.
  ///
  /// `byteCount` is their share of that memory.
  init(
    _ places: UnsafeBufferPointer<TextSpan>, in room: Room, start: UnsafePointer<UInt8>, byteCount: Int,
    owner: AnyObject
  ) {
    foreignSpans = (places, room)
    foreign = (start, byteCount, owner)
  }

  var count: Int { foreignSpans?.places.count ?? spans.count }
  /// True if texts can be appended.
  var grows: Bool { foreign == nil }
  /// The size of the texts in memory.
  var byteCount: Int { foreign?.byteCount ?? bytes.count }
  /// The size of the texts and their places in memory.
  var memoryBytes: Int { byteCount + count * MemoryLayout<TextSpan>.size }

  mutating func reserveCapacity(texts: Int, bytes byteCount: Int) {
    spans.reserveCapacity(texts)
    bytes.reserveCapacity(byteCount)
  }

  /// Appends a text; there must be room for it, and the piece must grow.
  @inline(__always)
  mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
    spans.append(
      TextSpan(start: UInt32(truncatingIfNeeded: bytes.count), count: UInt32(truncatingIfNeeded: text.count)))
    bytes.append(contentsOf: text)
  }

  /// Calls `body` with the bytes of the text in a row.
  func withBytes<Result>(of row: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    withStart { start in withSpans { body(Self.text($0[row], start)) } }
  }

  subscript(row: Int) -> String { withBytes(of: row) { String(decoding: $0, as: UTF8.self) } }

  /// Calls `body` with each row and the bytes of its text, in order.
  @inline(__always)
  func forEach(_ body: (_ row: Int, _ text: UnsafeBufferPointer<UInt8>) -> Void) {
    withStart { start in
      withSpans { spans in for row in spans.indices { body(row, Self.text(spans[row], start)) } }
    }
  }

  /// Writes the hashes of the texts in rows that are not `missing`, which counts rows from `first` on, and returns their
  /// number.
  func hashes(into target: UnsafeMutablePointer<UInt64>, missing: RowSet, countedFrom first: Int) -> Int {
    withStart { start in
      withSpans { spans in
        var count = 0
        for row in spans.indices where missing.isEmpty || !missing.contains(first + row) {
          target[count] = LevelTable.hash(Self.text(spans[row], start))
          count += 1
        }
        return count
      }
    }
  }

  @inline(__always)
  private static func text(_ span: TextSpan, _ start: UnsafePointer<UInt8>?) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: start.map { $0 + Int(span.start) }, count: Int(span.count))
  }

  @inline(__always)
  private func withStart<Result>(_ body: (UnsafePointer<UInt8>?) -> Result) -> Result {
    guard let foreign else { return bytes.withUnsafeBufferPointer { body($0.baseAddress) } }
    return withExtendedLifetime(foreign.owner) { body(foreign.start) }
  }

  @inline(__always)
  private func withSpans<Result>(_ body: (UnsafeBufferPointer<TextSpan>) -> Result) -> Result {
    guard let foreignSpans else { return spans.withUnsafeBufferPointer(body) }
    return withExtendedLifetime(foreignSpans.owner) { body(foreignSpans.places) }
  }

  /// Makes the last `count` texts those of the rows with a value among `rowCount` rows; the others are empty.
  mutating func spread(_ count: Int, over rowCount: Int, hasValue: (_ row: Int) -> Bool) {
    guard count < rowCount, count <= spans.count else { return }
    let first = spans.count - count
    var next = spans.count
    spans.append(contentsOf: repeatElement(.empty, count: rowCount - count))
    // From behind, so that no text is overwritten before it has moved.
    for row in (0..<rowCount).reversed() {
      guard hasValue(row), next > first else {
        spans[first + row] = .empty
        continue
      }
      next -= 1
      spans[first + row] = spans[next]
    }
  }
}
