internal import DeepLearning

/// Sampling of rows with a factor per class.
///
/// Source: h2o-behaviour.md#balanced-classes; as in H2O, factors are in single precision.
struct ClassSampling {
  /// The number of further draws, with the next seeds, if a class is missing from the sample.
  private static let maximumRetries = 10
  private static let shuffleSeed = 0x580_FF13

  /// The total weight of the rows of each class.
  private let totals: [Float]
  private let ratios: [Float]

  /// - `totals`: The total weight of the rows of each class.
  /// - `factors`: The sampling factor of each class; all zero or empty to compute them.
  /// - `maximumRows`: The largest size of the sample, on average.
  /// - `repeatsRows`: Whether rows may be drawn more than once.
  init(totals: [Float], rowCount: Int, factors: [Double], maximumRows: Int, repeatsRows: Bool) {
    var ratios = factors.map(Float.init)
    if ratios.allSatisfy({ $0 == 0 }) {
      let even = Float(rowCount) / Float(totals.count)
      // A class without rows is not balanced.
      ratios = totals.map { $0 > 0 ? even / $0 : 0 }
      let smallest = ratios.filter { $0 > 0 }.min() ?? 1
      ratios = ratios.map { $0 / smallest }
    }
    if !repeatsRows { ratios = ratios.map { min(1, $0) } }
    var total: Float = 0
    for (ratio, count) in zip(ratios, totals) where count > 0 { total += ratio * count }
    // Both are bounded by the ranges of the parameters, so the conversions are safe.
    let target = min(max(totals.count, maximumRows), Int(min(total + 0.5, 1e15).rounded(.down)))
    self.totals = totals
    self.ratios = Float(target) == total ? ratios : ratios.map { $0 * (Float(target) / total) }
  }

  /// Draws the row numbers of the sample, in random order; rows without a class are excluded.
  func draw(rowCount: Int, seed firstSeed: Int, level: (Int) -> Int?) -> [Int] {
    var seed = firstSeed
    var chosen = drawOnce(rowCount: rowCount, seed: seed, level: level)
    for _ in 0..<Self.maximumRetries where !holdsAllClasses(chosen, level: level) {
      seed &+= 1
      chosen = drawOnce(rowCount: rowCount, seed: seed, level: level)
    }
    // The order uses the seed of the accepted draw.
    var generator = RandomGenerator(seed: UInt64(seed: seed &+ Self.shuffleSeed))
    return generator.shuffled(chosen)
  }

  private func holdsAllClasses(_ rows: [Int], level: (Int) -> Int?) -> Bool {
    let present = Set(rows.compactMap(level))
    return totals.indices.allSatisfy { totals[$0] == 0 || present.contains($0) }
  }

  private func drawOnce(rowCount: Int, seed: Int, level: (Int) -> Int?) -> [Int] {
    var generator = RandomGenerator(seed: 0)
    var rows: [Int] = []
    for row in 0..<rowCount {
      guard let level = level(row) else { continue }
      generator.restart(seed: UInt64(seed: seed &+ row))
      let whole = ratios[level].rounded(.down)
      let copies = Int(whole) + (generator.nextFloat() < ratios[level] - whole ? 1 : 0)
      rows.append(contentsOf: repeatElement(row, count: copies))
    }
    return rows
  }
}
