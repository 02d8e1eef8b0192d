internal import Glibc

/// A piece of a table's text that begins and ends at record boundaries.
///
/// `@unchecked Sendable`: one thread fills it; afterwards it is only read.
final class TextBlock: @unchecked Sendable {
  /// The number of zero bytes after the text, which save readers an end check per byte.
  static let paddingBytes = 16

  let start: UnsafeMutablePointer<UInt8>
  let capacity: Int
  fileprivate(set) var count = 0
  /// True if the text ends with this block.
  fileprivate(set) var isLast = false

  private let pages: Pages
  private let pool: PagePool?

  /// Returns nil without enough memory.
  ///
  /// - `pool`: The memory of earlier blocks.
  init?(capacity: Int, pool: PagePool? = nil) {
    let byteCount = capacity + Self.paddingBytes
    guard let pages = pool.map({ $0.take(byteCount: byteCount) }) ?? Pages(byteCount: byteCount) else { return nil }
    self.capacity = capacity
    self.pages = pages
    self.pool = pool
    start = pages.start
  }

  deinit { pool?.give(pages) }

  /// Copies the first lines of another block, limited in lines and bytes; nil without enough memory.
  convenience init?(beginningOf other: TextBlock, maximumLines: Int, maximumBytes: Int) {
    var (lines, end) = (0, 0)
    for (index, byte) in other.bytes.enumerated() where byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
      guard lines < maximumLines, index < maximumBytes else { break }
      lines += 1
      end = index + 1
    }
    let isWhole = end == 0 || (lines < maximumLines && other.count <= maximumBytes)
    let length = isWhole ? other.count : end
    self.init(capacity: length)
    start.update(from: other.start, count: length)
    count = length
    pad()
  }

  var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: count) }

  /// True if the whole text is valid UTF-8; false for other encodings.
  var isUTF8: Bool { PackedText.isPlain(bytes) || (try? UTF8Span(validating: bytes.span)) != nil }

  /// An upper bound for the number of records: each takes at least one line.
  var maximumRecords: Int {
    var total = 1
    var position = 0
    while position < count {
      // So few bytes that a byte holds their number: the processor then compares many of them at once.
      let end = min(position + Int(UInt8.max), count)
      var lineEnds: UInt8 = 0
      for index in position..<end {
        let byte = start[index]
        lineEnds &+= (byte == UInt8(ascii: "\n") ? 1 : 0) | (byte == UInt8(ascii: "\r") ? 1 : 0)
      }
      total += Int(lineEnds)
      position = end
    }
    return total
  }

  /// Leaves out a Ctrl-Z at the end, with line ends around it.
  fileprivate func dropEndMark() {
    let end = bytes.lastIndex { $0 != 0x1A && $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }.map { $0 + 1 } ?? 0
    guard let mark = bytes[end...].firstIndex(of: 0x1A) else { return }
    count = mark
  }

  fileprivate func pad() { (start + count).initialize(repeating: 0, count: Self.paddingBytes) }
}

/// Splits a text into blocks of whole records.
///
/// Not Sendable: one thread reads.
final class TextBlocks {
  /// The size of the first block, by which the format is guessed, and the largest size of the others: large enough to
  /// keep threads busy, small enough to hold several in memory.
  static let blockBytes = 4 << 20
  /// The blocks of a short text are smaller, so that they take little memory beside the table.
  private static let (leastBlockBytes, leastBlocks) = (1 << 20, 32)

  private let source: TextSource
  private let pool = PagePool()
  private let keepsEndMark: Bool
  /// The bytes after the last complete record of the previous block.
  private var rest: TextBlock?
  private var isAtEnd = false
  private var isFirst = true

  /// - `types`: The rules for reading; H2O's keep a final Ctrl-Z, with which DOS marks the end of texts.
  init(_ source: any ByteReader, types: TypeGuess) {
    self.source = TextSource(source, types: types)
    keepsEndMark = types == .byMajority
  }

  /// The encoding of the text if blocks hold it converted to UTF-8; nil for UTF-8 and windows-1252.
  var convertedEncoding: TableLayout.Encoding? { source.convertedEncoding }

  /// Returns the first bytes of the text, for guessing; ``next(_:)`` returns them again.
  func head() throws(FrameError) -> TextBlock {
    if let rest { return rest }
    let block = try filled(block(capacity: Self.blockBytes))
    rest = block
    return block
  }

  /// Returns the next records; nil after the last one.
  ///
  /// A record that exceeds the block size enlarges the block.
  /// - `ends`: The records of a format whose quoted fields may contain line ends; nil if every line
  ///   end ends a record.
  func next(_ ends: RecordEnds?) throws(FrameError) -> TextBlock? {
    var block = if let rest { rest } else { try self.block(capacity: Self.blockBytes) }
    rest = nil
    let blockBytes = nextBlockBytes
    while true {
      block = try filled(block)
      guard block.count > 0 else { return nil }
      if isAtEnd {
        block.isLast = true
        return block
      }
      let end = ends?.last(in: block.bytes, isFirst: isFirst) ?? RecordEnds.lastLineEnd(in: block.bytes)
      if end > 0 {
        isFirst = false
        let behind = try self.block(capacity: max(blockBytes, block.count - end))
        behind.start.update(from: block.start + end, count: block.count - end)
        behind.count = block.count - end
        behind.pad()
        block.count = end
        block.pad()
        rest = behind
        return block
      }
      let larger = try self.block(capacity: 2 * block.capacity)
      larger.start.update(from: block.start, count: block.count)
      larger.count = block.count
      block = larger
    }
  }

  private var nextBlockBytes: Int {
    let share = expectedBytes / Double(Self.leastBlocks)
    return Int(min(Double(Self.blockBytes), max(Double(Self.leastBlockBytes), share)))
  }

  private func block(capacity: Int) throws(FrameError) -> TextBlock {
    guard let block = TextBlock(capacity: capacity, pool: pool) else { throw source.outOfMemory(byteCount: capacity) }
    return block
  }

  private func filled(_ block: TextBlock) throws(FrameError) -> TextBlock {
    let room = block.capacity - block.count
    if !isAtEnd, room > 0 {
      let target = UnsafeMutableRawBufferPointer(start: block.start + block.count, count: room)
      let count = try source.read(into: target)
      block.count += count
      isAtEnd = count < room
      if isAtEnd, !keepsEndMark { block.dropEndMark() }
    }
    block.pad()
    return block
  }

  /// The size of the whole text, estimated from what has been read of it.
  var expectedBytes: Double { source.expectedBytes }

  /// Starts again from the beginning.
  func rewind() {
    source.rewind()
    rest = nil
    isAtEnd = false
    isFirst = true
  }
}

/// Finds where records end in a format whose quoted fields may contain line ends.
struct RecordEnds {
  let syntax: CSVSyntax
  /// The lines above the first record, whose quotes have no meaning.
  let beginning: Preamble

  /// Returns the end of the last record that is certainly complete; 0 if there is none.
  func last(in bytes: UnsafeBufferPointer<UInt8>, isFirst: Bool) -> Int {
    guard let start = bytes.baseAddress, memchr(start, Int32(UInt8(ascii: "\"")), bytes.count) != nil else {
      return Self.lastLineEnd(in: bytes)
    }
    if let records = QuotedRecords(bytes, syntax: syntax) {
      return records.last(from: CSVScanner(bytes, syntax: syntax, start: isFirst ? beginning.byteCount : 0).position)
    }
    // Line ends inside quotes do not end a record, and only a scan from the start finds the quotes.
    var scanner = CSVScanner(bytes, syntax: syntax, start: isFirst ? beginning.byteCount : 0)
    var field = CSVScanner.Field()
    var end = 0
    var isAtStart = true
    while scanner.position < bytes.count {
      if isAtStart, scanner.isAtEndAfterEmptyLines() { break }
      switch scanner.next(&field) {
      case .line:
        isAtStart = true
        if scanner.position < bytes.count { end = scanner.position }
      case .field: isAtStart = false
      case .file, .unclosedQuote: return end
      // The parser refuses the text here.
      case .straddlingQuote: return bytes.count
      }
    }
    return end
  }

  /// Returns the end of the last line before the last byte, which may be the first half of CRLF; 0 if there is none.
  static func lastLineEnd(in bytes: UnsafeBufferPointer<UInt8>) -> Int {
    if let end = bytes.dropLast().lastIndex(of: UInt8(ascii: "\n")) { return end + 1 }
    return bytes.dropLast().lastIndex(of: UInt8(ascii: "\r")).map { $0 + 1 } ?? 0
  }
}
