internal import DeepLearning

/// Draws that depend on a seed only.
struct RowDraw {
  /// Odd factors, so that neighbouring numbers have distant seeds.
  private static let (partFactor, detailFactor): (UInt64, UInt64) = (0x9E37_79B9_7F4A_7C15, 0xD1B5_4A32_D192_ED03)

  let seed: UInt64

  /// Returns `count` of the rows, drawn without replacement, in their order.
  func rows(_ count: Int, of rows: [Int]) -> [Int] {
    guard count < rows.count else { return rows }
    var (generator, drawn) = (RandomGenerator(seed: seed), rows)
    generator.shuffle(&drawn, first: count)
    return drawn.prefix(count).sorted()
  }

  /// Returns the generator for one of several independent parts.
  func generator(_ part: Int, _ detail: Int = 0) -> RandomGenerator {
    RandomGenerator(seed: seed &+ UInt64(seed: part) &* Self.partFactor &+ UInt64(seed: detail) &* Self.detailFactor)
  }
}
