/// A count of different words of 64 bits.
///
/// A hash table holds few different words. Of more, all are collected and counted in groups that the processor's cache
/// holds: a larger table would wait for memory at each word.
struct DistinctWords {
  /// Makes the places of words unpredictable, so that no table can be made slow to count on purpose.
  private static let seed = UInt64.random(in: .min ... .max)
  /// The number of different words up to which a table holds them.
  private static let mostTabled = 1 << 13
  /// The words in a group, of which at most 2^`mostGroupBits` are made.
  private static let (groupWords, mostGroupBits) = (1 << 10, 11)

  private var table = Table()
  /// True once words are collected.
  private var collects = false
  /// The words in their mixed form; they may occur several times.
  private var collected: [UInt64] = []
  /// The number of collected words beyond which repeated ones are removed.
  private var limit = 1 << 20
  private var holdsZero = false

  init() {}

  /// Expects `count` words that mostly differ, so that a table is of no use.
  init(expecting count: Int) {
    collects = true
    limit = .max
    collected.reserveCapacity(count)
  }

  /// The number of different words; linear in the number of words that were collected.
  var count: Int { (collects ? Self.unique(collected).count : table.count) + (holdsZero ? 1 : 0) }

  @inline(__always)
  mutating func insert(_ word: UInt64) {
    let mixed = Self.mixed(word)
    guard mixed != 0 else {
      holdsZero = true
      return
    }
    guard collects else {
      table.insert(mixed)
      if table.count > Self.mostTabled { collectAll() }
      return
    }
    collected.append(mixed)
    if collected.count >= limit { removeRepeated() }
  }

  private mutating func collectAll() {
    collects = true
    collected = table.words
    table = Table()
  }

  private mutating func removeRepeated() {
    collected = Self.unique(collected)
    limit = max(limit, 2 * collected.count)
  }

  /// Returns each of `words` once, none of which is 0.
  private static func unique(_ words: [UInt64]) -> [UInt64] {
    guard words.count > groupWords else {
      var table = Table()
      return words.filter { table.insert($0) }
    }
    // The words of a group lie side by side, as in the first pass of a radix sort.
    let groupBits = min(mostGroupBits, Int.bitWidth - (words.count / groupWords).leadingZeroBitCount)
    let shift = UInt64(UInt64.bitWidth - groupBits)
    var ends = [Int](repeating: 0, count: 1 << groupBits)
    for word in words { ends[Int(truncatingIfNeeded: word >> shift)] += 1 }
    var (begins, next) = ([Int](), 0)
    for group in ends.indices {
      begins.append(next)
      next += ends[group]
      ends[group] = begins[group]
    }
    return [UInt64](unsafeUninitializedCapacity: words.count) { buffer, filled in
      ends.withUnsafeMutableBufferPointer { ends in
        for word in words {
          let group = Int(truncatingIfNeeded: word >> shift)
          buffer[ends[group]] = word
          ends[group] += 1
        }
      }
      var table = Table()
      for group in ends.indices {
        table.removeAll()
        for place in begins[group]..<ends[group] where table.insert(buffer[place]) {
          buffer[filled] = buffer[place]
          filled += 1
        }
      }
    }
  }

  /// Spreads similar words over the table; only one word becomes 0.
  ///
  /// - Source: the finalizer of MurmurHash3.
  @inline(__always)
  private static func mixed(_ word: UInt64) -> UInt64 {
    var hash = word ^ seed
    hash = (hash ^ (hash >> 33)) &* 0xFF51_AFD7_ED55_8CCD
    hash = (hash ^ (hash >> 33)) &* 0xC4CE_B9FE_1A85_EC53
    return hash ^ (hash >> 33)
  }
}

/// A hash table of mixed words with open addressing, at most half full.
private struct Table {
  private static let firstCapacity = 64

  /// The words; 0 marks a free slot.
  private var slots = [UInt64](repeating: 0, count: firstCapacity)
  private(set) var count = 0

  /// Adds a word other than 0, and returns false if it was there.
  @discardableResult
  @inline(__always)
  mutating func insert(_ word: UInt64) -> Bool {
    guard Self.place(word, in: &slots) else { return false }
    count += 1
    if 2 * count > slots.count { grow() }
    return true
  }

  /// All words.
  var words: [UInt64] { slots.filter { $0 != 0 } }

  /// Removes all words and keeps the room.
  mutating func removeAll() {
    count = 0
    slots.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
  }

  private mutating func grow() {
    var larger = [UInt64](repeating: 0, count: 2 * slots.count)
    for word in slots where word != 0 { _ = Self.place(word, in: &larger) }
    slots = larger
  }

  /// Stores a word, and returns false if it was there.
  @inline(__always)
  private static func place(_ word: UInt64, in slots: inout [UInt64]) -> Bool {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: word) & mask
    while slots[slot] != 0 {
      if slots[slot] == word { return false }
      slot = (slot + 1) & mask
    }
    slots[slot] = word
    return true
  }
}
