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

  /// Returns the code of entry `index`; `assign` returns the code of a text without one.
  @inline(__always)
  func code(_ index: Int, assign: (UnsafeRawBufferPointer) -> Int32) -> Int32 {
    if codes[index] >= 0 { return codes[index] }
    let code = assign(text(index))
    codes[index] = code
    return code
  }
}
