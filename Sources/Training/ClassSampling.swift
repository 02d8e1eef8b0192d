internal import DeepLearning

/// How often the rows of each class are taken, and which rows that are (h2o-behaviour.md#balanced-classes; factors in
/// single precision as there).
struct ClassSampling {
  /// Draws with the next seeds are tried this often when a class comes out empty.
  private static let maximumRetries = 10
  private static let shuffleSeed = 0x580_FF13

  /// Weight of the rows of each class.
  private let totals: [Float]
  private let ratios: [Float]

  /// - `totals`: Weight of the rows of each class.
  /// - `factors`: How often rows of each class are taken; all zero or empty to compute them.
  /// - `maximumRows`: Of the sample, on average.
  /// - `repeatsRows`: Whether rows may be taken more than once.
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

  /// Row numbers of the sample, in random order; rows without a class are not in it.
  func draw(rowCount: Int, seed firstSeed: Int, level: (Int) -> Int?) -> [Int] {
    var seed = firstSeed
    var chosen = drawOnce(rowCount: rowCount, seed: seed, level: level)
    for _ in 0..<Self.maximumRetries where !holdsAllClasses(chosen, level: level) {
      seed &+= 1
      chosen = drawOnce(rowCount: rowCount, seed: seed, level: level)
    }
    // The order goes by the seed of the draw that was taken.
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
