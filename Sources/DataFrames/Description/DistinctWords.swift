/// A count of different words of 64 bits.
///
/// A hash table with open addressing, at most half full. It takes 16 to 32 bytes per different word.
struct DistinctWords {
  /// Makes the places of words unpredictable, so that no table can be made slow to count on purpose.
  private static let seed = UInt64.random(in: .min ... .max)
  private static let firstCapacity = 64

  /// The words; 0 marks a free slot.
  private var slots = [UInt64](repeating: 0, count: firstCapacity)
  private var holdsZero = false
  private var stored = 0

  var count: Int { stored + (holdsZero ? 1 : 0) }

  mutating func insert(_ word: UInt64) {
    guard word != 0 else {
      holdsZero = true
      return
    }
    guard Self.place(word, in: &slots) else { return }
    stored += 1
    if 2 * stored > slots.count { grow() }
  }

  private mutating func grow() {
    var larger = [UInt64](repeating: 0, count: 2 * slots.count)
    for word in slots where word != 0 { _ = Self.place(word, in: &larger) }
    slots = larger
  }

  /// Stores a word, and returns false if it was there.
  private static func place(_ word: UInt64, in slots: inout [UInt64]) -> Bool {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: mixed(word)) & mask
    while slots[slot] != 0 {
      if slots[slot] == word { return false }
      slot = (slot + 1) & mask
    }
    slots[slot] = word
    return true
  }

  /// Spreads similar words over the table.
  ///
  /// - Source: the finalizer of MurmurHash3.
  private static func mixed(_ word: UInt64) -> UInt64 {
    var hash = word ^ seed
    hash = (hash ^ (hash >> 33)) &* 0xFF51_AFD7_ED55_8CCD
    hash = (hash ^ (hash >> 33)) &* 0xC4CE_B9FE_1A85_EC53
    return hash ^ (hash >> 33)
  }
}
