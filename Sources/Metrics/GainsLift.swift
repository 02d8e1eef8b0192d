/// How much better than chance the rows with the highest probabilities are (behavioural notes, section 10.5).
package struct GainsLift: Sendable {
  package struct Row: Sendable {
    package let probability: Double
    /// Nil for rows whose class is not known, or does not matter.
    package let isPositive: Bool?
    package let weight: Double

    package init(probability: Double, isPositive: Bool?, weight: Double) {
      self.probability = probability
      self.isPositive = isPositive
      self.weight = weight
    }
  }

  /// Rows between two quantiles of the probability.
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

  /// H2O's automatic quantiles.
  private static let quantiles = [0.99, 0.98, 0.97, 0.96, 0.95, 0.9, 0.85, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0]

  package let groups: [Group]

  /// Lift of the rows with the highest probabilities; NaN without rows.
  package var liftOfTopGroup: Double { groups.first?.lift ?? .nan }

  /// What counts a row.
  package enum Counting: Sendable {
    /// Its weight.
    case weights
    /// Whole numbers, as in H2O: sums of weights are cut down after each row, and rows without a label take part in the
    /// quantiles.
    case wholeNumbers
  }

  /// The table of `rows`, in the order of their table.
  ///
  /// `groupCount`: How many groups of equal size; nil takes H2O's sixteen, finer at the top.
  package init(_ rows: [Row], groupCount: Int? = nil, counting: Counting = .weights) {
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
    groups = zip(thresholds, sums).map { threshold, group in
      below.add(group)
      return Group(
        cumulativeDataFraction: below.count / total, lowerThreshold: threshold,
        lift: ratio(group.hits, group.count) / average, cumulativeLift: ratio(below.hits, below.count) / average,
        responseRate: ratio(group.hits, group.count), meanScore: ratio(group.score, group.count),
        cumulativeResponseRate: ratio(below.hits, below.count), cumulativeScore: ratio(below.score, below.count),
        captureRate: group.hits / events, cumulativeCaptureRate: below.hits / events,
        kolmogorovSmirnov: below.hits / events - (below.count - below.hits) / (total - events))
    }
  }

  /// Rows, rows of class 1, and the sum of probabilities of a group.
  private struct Sums {
    var (count, hits, score) = (0.0, 0.0, 0.0)

    mutating func add(_ row: Row, isPositive: Bool, counting: Counting) {
      count += row.weight
      hits += isPositive ? row.weight : 0
      score += row.weight * row.probability
      if counting == .wholeNumbers { (count, hits) = (count.rounded(.towardZero), hits.rounded(.towardZero)) }
    }

    mutating func add(_ other: Sums) {
      (count, hits, score) = (count + other.count, hits + other.hits, score + other.score)
    }
  }

  /// The quantiles of the probabilities, from the highest, each once.
  private static func thresholds(_ rows: [Row], quantiles: [Double], counting: Counting) -> [Double] {
    var thresholds: [Double] = []
    func add(_ threshold: Double) { if threshold != thresholds.last { thresholds.append(threshold) } }
    switch counting {
    case .weights:
      let sorted = rows.filter { $0.isPositive != nil }.sorted { $0.probability > $1.probability }
      if !sorted.isEmpty { for share in quantiles { add(quantile(share, of: sorted)) } }
    case .wholeNumbers:
      let items = rows.map { WholeNumberQuantile.Item(value: $0.probability, weight: $0.weight) }
      if let finder = WholeNumberQuantile(items) { for share in quantiles { add(finder.value(at: share)) } }
    }
    return thresholds
  }

  /// Weighted quantile with linear interpolation ("type 7") of rows in descending order.
  private static func quantile(_ share: Double, of rows: [Row]) -> Double {
    let total = rows.reduce(0) { $0 + $1.weight }
    // Position from the low end in units of weight; with weights of one this is the usual (n - 1) * share.
    let position = share * (total - 1)
    var seen = 0.0
    for index in rows.indices.reversed() {
      let weight = rows[index].weight
      if position < seen + weight {
        let excess = position - (seen + weight - 1)
        guard excess > 0, index > 0 else { return rows[index].probability }
        return rows[index].probability + excess * (rows[index - 1].probability - rows[index].probability)
      }
      seen += weight
    }
    return rows.first?.probability ?? .nan
  }
}
