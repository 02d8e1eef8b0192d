/// A generator of the dropout masks of training rows, as H2O draws them in reproducible mode.
///
/// Source: h2o-behaviour.md#dropout. A mask depends on the row and on the number of rows trained before the
/// iteration, so a restart from a checkpoint draws the same masks.
struct DropoutMask {
  private static let inputSeed = 0x1337_B4BE
  private var generator = RandomGenerator(seed: 0)

  /// Sets `keeps[i]` to false for each input unit to drop.
  mutating func drawInputs(_ keeps: inout [Bool], ratio: Double, seed: Int) {
    generator.restart(seed: Self.patched(UInt64(seed: seed &+ Self.inputSeed)))
    for unit in keeps.indices { keeps[unit] = !(Double(generator.nextFloat()) < ratio) }
  }

  /// Sets `keeps[i]` to false for each hidden unit to drop.
  ///
  /// `layerSeed`: Added to the seed, so that layers get different masks; 0 for a mask that layers share.
  mutating func drawHidden(
    _ keeps: inout [Bool], ratio: Double, activation: Activation, seed: Int, layerSeed: Int
  ) {
    generator.restart(seed: Self.patched(UInt64(seed: seed &+ activation.maskSeed &+ layerSeed)))
    if ratio == 0.5 {
      let bytes = generator.nextBytes((keeps.count + 7) / 8)
      for unit in keeps.indices { keeps[unit] = bytes[unit / 8] >> UInt8(unit % 8) & 1 == 1 }
    } else {
      for unit in keeps.indices { keeps[unit] = Double(generator.nextFloat()) > ratio }
    }
  }

  /// Returns the seed with H2O's constants set in its upper or lower half if that half is small.
  private static func patched(_ seed: UInt64) -> UInt64 {
    var seed = seed
    if seed >> 32 < 0xFFFF { seed |= 0x5B93_0000_0000_0000 }
    if seed & 0xFFFF_FFFF < 0xFFFF { seed |= 0xDB91_0000 }
    return seed
  }
}
