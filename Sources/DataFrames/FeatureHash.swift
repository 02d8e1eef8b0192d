/// A hash of one-hot units into a fixed number of slots, for `max_categorical_features`
/// (h2o-behaviour.md#hashed-levels).
///
/// Units that share a slot are added.
package struct FeatureHash: Sendable, Codable, Equatable {
  package let slots: Int
  /// The low half of the model's seed.
  package let seed: UInt32

  package init(slots: Int, seed: Int) {
    self.slots = slots
    self.seed = UInt32(truncatingIfNeeded: seed)
  }

  /// Returns the slot of a one-hot unit; -1 stands for a dropped first level.
  package func slot(of unit: Int32) -> Int32 {
    let hash = Int32(bitPattern: Self.murmur(UInt32(bitPattern: unit), seed: seed))
    return Int32(abs(Int(hash) % slots))
  }

  /// Computes MurmurHash2 of the four bytes of `word`, most significant first.
  ///
  /// Source: Appleby 2008, public domain; constants in h2o-behaviour.md#hashed-levels.
  static func murmur(_ word: UInt32, seed: UInt32) -> UInt32 {
    let multiplier: UInt32 = 0x5bd1_e995
    var hash = seed ^ 4
    var key = word.byteSwapped
    key = key &* multiplier
    key ^= key >> 24
    key = key &* multiplier
    hash = hash &* multiplier
    hash ^= key
    hash ^= hash >> 13
    hash = hash &* multiplier
    return hash ^ (hash >> 15)
  }
}
