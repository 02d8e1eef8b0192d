/// A count of different words of 64 bits.
///
/// A hash table holds few different words. Of more, all are collected and counted in groups that the processor's cache
/// holds: a larger table would wait for memory at each word.
struct DistinctWords {
  /// Makes the places of words unpredictable, so that no table can be made slow to count on purpose.
  private static let seed = UInt64.random(in: .min ... .max)
  /// The number of different words up to which a table holds them.
  private static let mostTabled = 1 << 13
  /// The words in a group, of which at most 2^`mostGroupBits` are made: the cache nearest to the processor holds the
  /// table of a group.
  private static let (groupWords, mostGroupBits) = (1 << 11, 11)

  private var table = Table()
  /// True once words are collected.
  private var collects = false
  /// The words in their mixed form; they may occur several times.
  private var collected: [UInt64] = []
  /// The number of collected words beyond which repeated ones are removed.
  private var limit = 1 << 20
  private var holdsZero = false

  init() {}

  /// The number of different words; linear in the number of words that were collected.
  var count: Int { (collects ? unique.count : table.count) + (holdsZero ? 1 : 0) }

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
    collected = unique
    limit = max(limit, 2 * collected.count)
  }

  /// Each of the collected words once.
  private var unique: [UInt64] {
    [UInt64](unsafeUninitializedCapacity: collected.count) { buffer, filled in
      collected.withUnsafeBufferPointer { words in
        guard let start = words.baseAddress, let target = buffer.baseAddress else { return }
        filled = Self.unique(start, count: words.count, into: target)
      }
    }
  }

  /// Returns the number of different words among many, most of which differ.
  ///
  /// - Parameters:
  ///   - most: The most words.
  ///   - fill: Stores the words and returns their number.
  /// - Returns: The number of different words; linear in the number of words.
  static func count(atMost most: Int, _ fill: (UnsafeMutablePointer<UInt64>) -> Int) -> Int {
    let rooms = (0..<2).map { _ in Room(byteCount: most * MemoryLayout<UInt64>.stride) }
    return withExtendedLifetime(rooms) {
      let (words, spare) = (
        rooms[0].start.bindMemory(to: UInt64.self, capacity: most),
        rooms[1].start.bindMemory(to: UInt64.self, capacity: most)
      )
      let count = fill(words)
      var (kept, holdsZero) = (0, false)
      for index in 0..<count {
        let word = mixed(words[index])
        words[kept] = word
        if word == 0 { holdsZero = true } else { kept += 1 }
      }
      return unique(words, count: kept, into: spare) + (holdsZero ? 1 : 0)
    }
  }

  /// Stores each of the `count` words at `words`, none of which is 0, once at `target`, and returns their number.
  private static func unique(
    _ words: UnsafePointer<UInt64>, count: Int, into target: UnsafeMutablePointer<UInt64>
  ) -> Int {
    // The words of a group lie side by side, as in the first pass of a radix sort.
    let groupBits = min(mostGroupBits, Int.bitWidth - (count / groupWords).leadingZeroBitCount)
    let shift = UInt64(UInt64.bitWidth - groupBits)
    return withUnsafeTemporaryAllocation(of: Int.self, capacity: 1 << groupBits) { ends in
      ends.initialize(repeating: 0)
      // A shift by all bits gives 0: the only group.
      for index in 0..<count { ends[Int(truncatingIfNeeded: words[index] >> shift)] += 1 }
      var (next, largest) = (0, 0)
      for group in ends.indices {
        largest = max(largest, ends[group])
        (ends[group], next) = (next, next + ends[group])
      }
      for index in 0..<count {
        let group = Int(truncatingIfNeeded: words[index] >> shift)
        target[ends[group]] = words[index]
        ends[group] += 1
      }
      let table = UnsafeMutableBufferPointer<UInt64>.allocate(capacity: slotCount(for: largest))
      defer { table.deallocate() }
      var (begin, filled) = (0, 0)
      for end in ends {
        filled += keepFirst(target + begin, count: end - begin, at: target + filled, table: table)
        begin = end
      }
      return filled
    }
  }

  /// The slots of a table for `count` words, which is at most half full.
  private static func slotCount(for count: Int) -> Int {
    1 << (Int.bitWidth - (2 * max(1, count) - 1).leadingZeroBitCount)
  }

  /// Stores each of the `count` words at `words` once at `target`, which does not lie behind them, and returns their
  /// number.
  private static func keepFirst(
    _ words: UnsafePointer<UInt64>, count: Int, at target: UnsafeMutablePointer<UInt64>,
    table: UnsafeMutableBufferPointer<UInt64>
  ) -> Int {
    guard let slots = table.baseAddress else { return 0 }
    let mask = slotCount(for: count) - 1
    slots.update(repeating: 0, count: mask + 1)
    var filled = 0
    for index in 0..<count {
      let word = words[index]
      var slot = Int(truncatingIfNeeded: word) & mask
      while slots[slot] != 0, slots[slot] != word { slot = (slot + 1) & mask }
      // Without a branch that depends on the word.
      target[filled] = word
      filled += slots[slot] == 0 ? 1 : 0
      slots[slot] = word
    }
    return filled
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
