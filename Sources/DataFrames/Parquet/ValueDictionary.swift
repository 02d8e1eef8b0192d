/// The distinct values of a column in one row group, to which its pages refer.
enum ValueDictionary {
  /// Numbers, also as whole numbers of a unit if they are reals or times that have one.
  case numbers(NumberBuffer, ScaledEntries?)
  case texts(TextEntries)

  var count: Int {
    switch self {
    case .numbers(let entries, _): entries.count
    case .texts(let entries): entries.count
    }
  }
}

/// The reals or times of a dictionary as whole numbers of a unit.
struct ScaledEntries {
  let counts: [Int32]
  let unit: ScaledNumbers.Unit

  /// Returns nil for whole numbers that are no times, and without a unit that fits all entries.
  init?(_ entries: NumberBuffer, isTime: Bool) {
    guard entries.isReal || isTime, entries.count > 0 else { return nil }
    var unit: ScaledNumbers.Unit?
    counts = [Int32](unsafeUninitializedCapacity: entries.count) { buffer, count in
      guard let start = buffer.baseAddress, let reals = entries.reals.baseAddress else { return }
      unit = ScaledNumbers.Unit.units(isTime: isTime).first { unit in
        entries.isReal
          ? unit.count(reals, entries.count, into: start)
          : unit.count(UnsafeBufferPointer(rebasing: entries.integers[..<entries.count]), into: start)
      }
      count = entries.count
    }
    guard let unit else { return nil }
    self.unit = unit
  }
}

/// The texts of a dictionary, where they stand in its page.
///
/// Not Sendable: one thread reads a column of a row group.
final class TextEntries {
  private let pages: Pages
  private let spans: [TextSpan]
  /// -1 for texts that no page has referred to yet; empty before codes are assigned.
  @exclusivity(unchecked) private var codes: [Int32] = []
  /// True if all texts are ASCII.
  let isPlain: Bool

  var count: Int { spans.count }

  /// Takes the `count` texts of a dictionary.
  ///
  /// - Parameters:
  ///   - bytes: The unpacked page.
  ///   - count: The number of texts.
  ///   - length: The bytes of each text; nil if they differ.
  ///   - owner: The memory of the page; nil to copy it.
  /// - Throws: ``ParquetFault`` for texts that end too early, and without enough memory.
  init(_ bytes: UnsafeRawBufferPointer, count: Int, length: Int?, owner: Pages?) throws(ParquetFault) {
    guard let pages = owner ?? Pages(byteCount: bytes.count) else { throw .outOfMemory(byteCount: bytes.count) }
    if owner == nil, let source = bytes.baseAddress {
      UnsafeMutableRawPointer(pages.start).copyMemory(from: source, byteCount: bytes.count)
    }
    self.pages = pages
    spans = try TextValues.spans(bytes, count: count, length: length)
    isPlain = PackedText.isPlain(bytes.assumingMemoryBound(to: UInt8.self))
  }

  /// Returns the text of entry `index`.
  @inline(__always)
  func text(_ index: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: pages.start + Int(spans[index].start), count: Int(spans[index].count))
  }

  /// Returns the texts of entries as a piece of a column.
  func piece(_ indexes: UnsafeBufferPointer<UInt32>) -> TextPiece {
    TextPiece(indexes.map { spans[Int($0)] }, start: pages.start, byteCount: pages.byteCount, owner: pages)
  }

  /// Replaces numbers of entries by codes; `assign` returns the code of a text without one.
  func replaceByCodes(_ indexes: UnsafeMutableBufferPointer<UInt32>, assign: (UnsafeRawBufferPointer) -> Int32) {
    if codes.isEmpty { codes = [Int32](repeating: -1, count: count) }
    for place in indexes.indices {
      let index = Int(indexes[place])
      if codes[index] < 0 { codes[index] = assign(UnsafeRawBufferPointer(text(index))) }
      indexes[place] = UInt32(bitPattern: codes[index])
    }
  }
}
