import Metrics
import Testing

@Suite("Weighted quantiles")
struct WeightedQuantilesTests {
  private static let shares = [0, 0.1, 0.25, 0.5, 0.77, 0.9, 1]

  private func quantiles(_ values: [Double], weights: [Double], counting: RowCounting = .weights) throws -> [Double] {
    let items = zip(values, weights).map { WeightedQuantiles.Item(value: $0, weight: $1) }
    let finder = try #require(WeightedQuantiles(items, counting: counting))
    return Self.shares.map(finder.value(at:))
  }

  @Test("equal weights of any size give the usual quantiles", arguments: [0.01, 1, 7])
  func equalWeights(weight: Double) throws {
    let values = [5, 1, 4, 2, 3.0]
    let found = try quantiles(values, weights: [Double](repeating: weight, count: 5))
    for (share, value) in zip(Self.shares, found) { #expect(abs(value - (1 + 4 * share)) < 1e-12) }
  }

  @Test("a large weight attracts nearby quantiles; a number with weight 0 is ignored")
  func unequalWeights() throws {
    // Middles are at 0.5, 5.5 and 10.5, so three quarters of the way is halfway between 2 and 3.
    let items = [(1, 1), (2, 9), (3, 1), (99, 0)].map { WeightedQuantiles.Item(value: $0.0, weight: $0.1) }
    let finder = try #require(WeightedQuantiles(items, counting: .weights))
    #expect(finder.value(at: 0) == 1 && finder.value(at: 0.5) == 2 && finder.value(at: 0.75) == 2.5)
    #expect(finder.value(at: 1) == 3)
    #expect(WeightedQuantiles([.init(value: 1, weight: 0)], counting: .weights) == nil)
  }

  @Test("with whole-number counting, a weight of seven equals seven rows")
  func wholeNumbers() throws {
    let repeated = (1...3).flatMap { [Double](repeating: Double($0), count: 7) }
    let single = try quantiles([3, 1, 2], weights: [7, 7, 7], counting: .wholeNumbers)
    let usual = try quantiles(repeated, weights: repeated.map { _ in 1 })
    for (left, right) in zip(single, usual) { #expect(abs(left - right) < 1e-12) }
  }
}
