/// The distinct values of a column in one row group, to which its pages refer.
enum ValueDictionary {
  case numbers(NumberBuffer)
  case texts(TextEntries)

  var count: Int {
    switch self {
    case .numbers(let entries): entries.count
    case .texts(let entries): entries.count
    }
  }
}

/// The texts of a dictionary, whose codes are assigned as pages refer to them.
///
/// Not Sendable: one thread reads a column of a row group.
final class TextEntries {
  private let pages: Pages
  @exclusivity(unchecked) private var starts: [Int] = [0]
  /// -1 for texts that no page has referred to yet.
  @exclusivity(unchecked) private var codes: [Int32]

  var count: Int { codes.count }

  /// Copies the `count` texts of a dictionary.
  init(_ bytes: UnsafeRawBufferPointer, count: Int, length: Int?, limit: Int) throws(ParquetFault) {
    guard let pages = Pages(byteCount: bytes.count) else {
      throw .outOfMemory(byteCount: bytes.count)
    }
    self.pages = pages
    codes = [Int32](repeating: -1, count: count)
    starts.reserveCapacity(count + 1)
    var (end, starts) = (0, self.starts)
    try TextValues.forEach(
      bytes, count: count, length: length, encoding: PageEncoding.plain, limit: limit
    ) {
      (value) throws(ParquetFault) in
      if let source = value.baseAddress {
        UnsafeMutableRawPointer(pages.start + end).copyMemory(from: source, byteCount: value.count)
      }
      end += value.count
      starts.append(end)
    }
    self.starts = starts
  }

  /// Returns the text of entry `index`.
  @inline(__always)
  func text(_ index: Int) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: pages.start + starts[index], count: starts[index + 1] - starts[index])
  }

  /// Replaces numbers of entries by codes; `assign` returns the code of a text without one.
  func replaceByCodes(_ indexes: UnsafeMutableBufferPointer<UInt32>, assign: (UnsafeRawBufferPointer) -> Int32) {
    for index in indexes where codes[Int(index)] < 0 { codes[Int(index)] = assign(text(Int(index))) }
    codes.withUnsafeBufferPointer { codes in
      for place in indexes.indices { indexes[place] = UInt32(bitPattern: codes[Int(indexes[place])]) }
    }
  }
}
