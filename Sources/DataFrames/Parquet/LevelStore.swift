/// The texts of a column in one row group, as numbers of its distinct texts.
///
/// Not Sendable: one thread reads a column of a row group.
final class LevelStore {
  let table = LevelTable()
  /// By row; the codes of rows without a value have no meaning.
  @exclusivity(unchecked) private(set) var codes: [Int32]
  /// The codes of numbers, by their bits.
  @exclusivity(unchecked) private var codeOfNumber: [UInt64: Int32] = [:]
  /// The codes of the values of a page.
  @exclusivity(unchecked) private var pageCodes: [Int32] = []

  init(rowCount: Int) { codes = [Int32](repeating: 0, count: rowCount) }

  func code(_ text: UnsafeRawBufferPointer) -> Int32 {
    guard let start = text.baseAddress else { return code("") }
    return table.code(start.assumingMemoryBound(to: UInt8.self), count: text.count)
  }

  func code(_ text: String) -> Int32 {
    var text = text
    return text.withUTF8 { bytes in
      guard let start = bytes.baseAddress else {
        return withUnsafePointer(to: 0) { table.code($0, count: 0) }
      }
      return table.code(start, count: bytes.count)
    }
  }

  /// Returns the code of a number with the given bits; `text` returns its text.
  func code(bits: UInt64, text: () -> String) -> Int32 {
    if let code = codeOfNumber[bits] { return code }
    let code = code(text())
    codeOfNumber[bits] = code
    return code
  }

  func set(_ row: Int, to code: Int32) { codes[row] = code }

  /// Adds the code of the next value of a page.
  func add(_ code: Int32) { pageCodes.append(code) }

  /// Sets the rows of a page to codes; rows count from `first`.
  func setPage(_ first: Int, _ pageCodes: UnsafeBufferPointer<UInt32>, present: Presence) {
    codes.withUnsafeMutableBufferPointer { rows in
      present.scatter(pageCodes, into: rows, from: first) { Int32(bitPattern: $0) }
    }
  }

  /// Sets the rows of a page, whose values have been added; rows count from `first`.
  func finishPage(_ first: Int, present: Presence) {
    codes.withUnsafeMutableBufferPointer { rows in
      pageCodes.withUnsafeBufferPointer { present.scatter($0, into: rows, from: first) { $0 } }
    }
    pageCodes.removeAll(keepingCapacity: true)
  }
}
