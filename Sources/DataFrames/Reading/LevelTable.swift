internal import Glibc

/// Numbers the distinct texts of a column in order of appearance; compares bytes instead of strings.
///
/// An open-addressed hash table whose keys stay in the block of text. ``texts`` is valid while that block exists.
struct LevelTable {
  private struct Key {
    var start: UnsafePointer<UInt8>
    var count: Int
    var hash: UInt64
  }

  private var keys: [Key] = []
  /// The number of the key plus one in each slot; 0 for an empty slot.
  private var slots = [Int32](repeating: 0, count: 16)

  /// Returns the number of the text of `count` bytes at `start`.
  mutating func code(_ start: UnsafePointer<UInt8>, count: Int) -> Int32 {
    let hash = Self.hash(start, count: count)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] != 0 {
      let key = keys[Int(slots[slot]) - 1]
      if key.hash == hash, key.count == count, memcmp(key.start, start, count) == 0 { return slots[slot] - 1 }
      slot = (slot + 1) & (slots.count - 1)
    }
    keys.append(Key(start: start, count: count, hash: hash))
    slots[slot] = Int32(keys.count)
    if keys.count * 2 > slots.count { grow() }
    return Int32(keys.count - 1)
  }

  private mutating func grow() {
    slots = [Int32](repeating: 0, count: slots.count * 2)
    for (index, key) in keys.enumerated() {
      var slot = Int(truncatingIfNeeded: key.hash) & (slots.count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(index + 1)
    }
  }

  /// The texts in the order of their numbers.
  var texts: [String] { keys.map { CSVScanner.text(UnsafeBufferPointer(start: $0.start, count: $0.count)) } }

  /// FNV-1a with a final mix, which suits short fields.
  private static func hash(_ start: UnsafePointer<UInt8>, count: Int) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for index in 0..<count { hash = (hash ^ UInt64(start[index])) &* 0x0000_0100_0000_01b3 }
    return hash ^ (hash >> 32)
  }
}
