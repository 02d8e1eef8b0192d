/// A set of row numbers with one bit each; empty sets need no memory.
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

  /// Adds the rows of `other`, each increased by `shift`.
  package mutating func insert(_ other: RowSet, shiftedBy shift: Int) {
    for (word, bits) in other.words.enumerated() where bits != 0 {
      for bit in 0..<64 where bits >> UInt64(bit) & 1 == 1 { insert(word << 6 + bit + shift) }
    }
  }

  /// The row numbers, ascending.
  package var rows: [Int] {
    var rows: [Int] = []
    rows.reserveCapacity(count)
    for (word, bits) in words.enumerated() where bits != 0 {
      for bit in 0..<64 where bits >> UInt64(bit) & 1 == 1 { rows.append(word << 6 + bit) }
    }
    return rows
  }

  package var isEmpty: Bool { count == 0 }
}
