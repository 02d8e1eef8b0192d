internal import DataFrames
internal import DeepLearning
internal import JobFiles

/// Rows repeated or left out so that classes are equally frequent, and what that does to the shares of the classes.
///
/// Source: behavioural notes, section 9; factors in single precision as there.
package struct ClassBalance: Sendable, Equatable {
  /// Draws with the next seed are tried this often when a class comes out empty.
  private static let maximumTries = 10
  private static let shuffleSeed = 0x580_FF13

  /// Row numbers of the original table, in the order of the balanced one.
  package let rows: [Int]
  /// Share of each class before over after balancing; 1 for classes that are empty in either.
  ///
  /// Probabilities are multiplied by it, so that they mean the original table.
  package let correction: [Double]

  /// Balances the rows of `response`.
  ///
  /// - `weights`: 0 or 1 for each row; nil stands for ones.
  /// - `factors`: How often rows of each class are taken; all zero or empty to compute them.
  /// - `maximumRelativeSize`: Of the balanced table to the original.
  init(_ response: Column, weights: Column?, factors: [Double], maximumRelativeSize: Double, seed: Int) {
    let classes = response.levels?.count ?? 0
    let rowCount = response.rowCount
    var totals = [Float](repeating: 0, count: classes)
    for row in 0..<rowCount {
      if let level = response.level(at: row) { totals[level] += Float(weights?.number(at: row) ?? 1) }
    }
    let shares = Self.shares(totals)
    let ratios = Self.ratios(
      totals, rowCount: rowCount, factors: factors, maximumRelativeSize: maximumRelativeSize)
    var chosen: [Int] = []
    for attempt in 0..<Self.maximumTries {
      chosen = Self.draw(response, ratios: ratios, seed: seed &+ attempt)
      let present = Set(chosen.compactMap { response.level(at: $0) })
      if totals.indices.allSatisfy({ totals[$0] == 0 || present.contains($0) }) { break }
    }
    var generator = RandomGenerator(seed: UInt64(seed: seed &+ Self.shuffleSeed))
    for index in chosen.indices {
      chosen.swapAt(index, index + generator.nextIndex(below: chosen.count - index))
    }
    var balanced = [Float](repeating: 0, count: classes)
    for row in chosen {
      if let level = response.level(at: row) { balanced[level] += Float(weights?.number(at: row) ?? 1) }
    }
    let balancedShares = Self.shares(balanced)
    rows = chosen
    correction = zip(shares, balancedShares).map { $0 > 0 && $1 > 0 ? $0 / $1 : 1 }
  }

  private static func shares(_ totals: [Float]) -> [Double] {
    let sum = totals.reduce(0) { $0 + Double($1) }
    return totals.map { Double($0) / sum }
  }

  private static func ratios(
    _ totals: [Float], rowCount: Int, factors: [Double], maximumRelativeSize: Double
  ) -> [Float] {
    var ratios = factors.map(Float.init)
    if ratios.allSatisfy({ $0 == 0 }) {
      let even = Float(rowCount) / Float(totals.count)
      // A class without rows is not balanced.
      ratios = totals.map { $0 > 0 ? even / $0 : 0 }
      let smallest = ratios.filter { $0 > 0 }.min() ?? 1
      ratios = ratios.map { $0 / smallest }
    }
    var total: Float = 0
    for (ratio, count) in zip(ratios, totals) where count > 0 { total += ratio * count }
    // Both are bounded by the ranges of the parameters, so the conversions are safe.
    let limit = max(totals.count, Int(Float(maximumRelativeSize) * Float(rowCount)))
    let target = min(limit, Int(min(total + 0.5, 1e15).rounded(.down)))
    guard Float(target) != total else { return ratios }
    return ratios.map { $0 * (Float(target) / total) }
  }

  private static func draw(_ response: Column, ratios: [Float], seed: Int) -> [Int] {
    var generator = RandomGenerator(seed: 0)
    var rows: [Int] = []
    for row in 0..<response.rowCount {
      guard let level = response.level(at: row) else { continue }
      generator.restart(seed: UInt64(seed: seed &+ row))
      let whole = ratios[level].rounded(.down)
      let copies = Int(whole) + (generator.nextFloat() < ratios[level] - whole ? 1 : 0)
      rows.append(contentsOf: repeatElement(row, count: copies))
    }
    return rows
  }
}
