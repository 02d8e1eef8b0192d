/// Draws the dropout masks of one training row, as H2O does when it is reproducible.
///
/// Source: h2o-behaviour.md#dropout. A mask depends on the row and on how many rows were trained before the
/// iteration, so it is the same after a restart from a checkpoint.
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
  /// `layerSeed`: Added to the seed where layers shall not share a mask.
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

  /// H2O fills in bits where a seed has too few of them.
  private static func patched(_ seed: UInt64) -> UInt64 {
    var seed = seed
    if seed >> 32 < 0xFFFF { seed |= 0x5B93_0000_0000_0000 }
    if seed & 0xFFFF_FFFF < 0xFFFF { seed |= 0xDB91_0000 }
    return seed
  }
}
