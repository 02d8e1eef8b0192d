/// The gain over chance of the rows with the highest probabilities
/// (h2o-behaviour.md#gains-and-lift).
package struct GainsLift: Sendable {
  package struct Row: Sendable {
    package let probability: Double
    /// Nil for rows whose class is unknown or irrelevant.
    package let isPositive: Bool?
    package let weight: Double

    package init(probability: Double, isPositive: Bool?, weight: Double) {
      self.probability = probability
      self.isPositive = isPositive
      self.weight = weight
    }
  }

  /// The rows between two quantiles of the probability; cumulative rates are NaN without rows.
  package struct Group: Sendable, Equatable {
    package let cumulativeDataFraction: Double
    package let lowerThreshold: Double
    package let lift: Double
    package let cumulativeLift: Double
    package let responseRate: Double
    package let meanScore: Double
    package let cumulativeResponseRate: Double
    package let cumulativeScore: Double
    package let captureRate: Double
    package let cumulativeCaptureRate: Double
    package let kolmogorovSmirnov: Double

    package var gain: Double { 100 * (lift - 1) }
    package var cumulativeGain: Double { 100 * (cumulativeLift - 1) }
  }

  /// The quantiles that H2O uses by default.
  private static let quantiles = [0.99, 0.98, 0.97, 0.96, 0.95, 0.9, 0.85, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0]

  package let groups: [Group]

  /// The lift of the rows with the highest probabilities; NaN without rows.
  package var liftOfTopGroup: Double { groups.first?.lift ?? .nan }

  /// Computes the gains/lift table of `rows`.
  ///
  /// `groupCount`: The number of groups of equal size; nil uses H2O's sixteen groups, which are finer at the top.
  package init(_ rows: [Row], groupCount: Int? = nil, counting: RowCounting = .weights) {
    let quantiles =
      groupCount.map { count in (0..<count).map { Double(count - $0 - 1) / Double(count) } } ?? Self.quantiles
    let thresholds = Self.thresholds(rows, quantiles: quantiles, counting: counting)
    var sums = [Sums](repeating: Sums(), count: thresholds.count)
    for row in rows {
      guard let isPositive = row.isPositive, let group = thresholds.firstIndex(where: { row.probability >= $0 }) else {
        continue
      }
      sums[group].add(row, isPositive: isPositive, counting: counting)
    }
    let total = sums.reduce(0) { $0 + $1.count }
    let events = sums.reduce(0) { $0 + $1.hits }
    let average = events / total
    func ratio(_ part: Double, _ whole: Double) -> Double { whole == 0 ? 0 : part / whole }
    var below = Sums()
    func cumulative(_ part: Double) -> Double { below.count == 0 ? .nan : part / below.count }
    groups = zip(thresholds, sums).map { threshold, group in
      below.add(group)
      return Group(
        cumulativeDataFraction: below.count / total, lowerThreshold: threshold,
        lift: ratio(group.hits, group.count) / average, cumulativeLift: cumulative(below.hits) / average,
        responseRate: ratio(group.hits, group.count), meanScore: ratio(group.score, group.count),
        cumulativeResponseRate: cumulative(below.hits), cumulativeScore: cumulative(below.score),
        captureRate: group.hits / events, cumulativeCaptureRate: below.hits / events,
        kolmogorovSmirnov: below.hits / events - (below.count - below.hits) / (total - events))
    }
  }

  /// The number of rows, the number of rows of class 1, and the sum of probabilities of a group.
  private struct Sums {
    var (count, hits, score) = (0.0, 0.0, 0.0)

    mutating func add(_ row: Row, isPositive: Bool, counting: RowCounting) {
      count += row.weight
      hits += isPositive ? row.weight : 0
      score += row.weight * row.probability
      if counting == .wholeNumbers { (count, hits) = (count.rounded(.towardZero), hits.rounded(.towardZero)) }
    }

    mutating func add(_ other: Sums) {
      // A group that counts no whole row has no mean score.
      (count, hits, score) = (count + other.count, hits + other.hits, score + (other.count > 0 ? other.score : 0))
    }
  }

  /// Returns the distinct quantiles of the probabilities, in descending order.
  private static func thresholds(_ rows: [Row], quantiles: [Double], counting: RowCounting) -> [Double] {
    let counted = counting == .wholeNumbers ? rows : rows.filter { $0.isPositive != nil }
    let finder = WeightedQuantiles(
      counted.map { .init(value: $0.probability, weight: $0.weight) }, counting: counting)
    guard let finder else { return [] }
    var thresholds: [Double] = []
    for share in quantiles {
      let threshold = finder.value(at: share)
      if threshold != thresholds.last { thresholds.append(threshold) }
    }
    return thresholds
  }
}
