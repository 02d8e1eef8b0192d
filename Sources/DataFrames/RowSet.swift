/// A set of row numbers, one bit each; costs nothing while it is empty.
package struct RowSet: Sendable, Equatable {
  private var words: [UInt64] = []
  package private(set) var count = 0

  package init() {}

  package func contains(_ row: Int) -> Bool {
    let word = row >> 6
    return word < words.count && words[word] >> UInt64(row & 63) & 1 == 1
  }

  package mutating func insert(_ row: Int) {
    let word = row >> 6
    if word >= words.count { words.append(contentsOf: repeatElement(0, count: word + 1 - words.count)) }
    let bit: UInt64 = 1 << UInt64(row & 63)
    if words[word] & bit == 0 { count += 1 }
    words[word] |= bit
  }

  package var isEmpty: Bool { count == 0 }
}
