/// How much better than chance the rows with the highest probabilities are (behavioural notes, section 10.5).
package struct GainsLift: Sendable {
  package struct Row: Sendable {
    package let probability: Double
    package let isPositive: Bool
    package let weight: Double

    package init(probability: Double, isPositive: Bool, weight: Double) {
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

  /// `groupCount`: How many groups of equal size; nil takes H2O's sixteen, finer at the top.
  package init(_ rows: [Row], groupCount: Int? = nil) {
    let quantiles = groupCount.map { count in (0..<count).map { Double(count - $0 - 1) / Double(count) } }
    let sorted = rows.sorted { $0.probability > $1.probability }
    var thresholds: [Double] = []
    for quantile in quantiles ?? Self.quantiles where !sorted.isEmpty {
      let threshold = Self.quantile(quantile, of: sorted)
      if threshold != thresholds.last { thresholds.append(threshold) }
    }
    let total = sorted.reduce(0) { $0 + $1.weight }
    let events = sorted.reduce(0) { $0 + ($1.isPositive ? $1.weight : 0) }
    let average = events / total
    var groups: [Group] = []
    var next = 0
    var (count0, events0, score0) = (0.0, 0.0, 0.0)
    for threshold in thresholds {
      var (count, hits, score) = (0.0, 0.0, 0.0)
      while next < sorted.count, sorted[next].probability >= threshold {
        let row = sorted[next]
        count += row.weight
        hits += row.isPositive ? row.weight : 0
        score += row.weight * row.probability
        next += 1
      }
      (count0, events0, score0) = (count0 + count, events0 + hits, score0 + score)
      groups.append(
        Group(
          cumulativeDataFraction: count0 / total, lowerThreshold: threshold, lift: hits / count / average,
          cumulativeLift: events0 / count0 / average, responseRate: hits / count, meanScore: score / count,
          cumulativeResponseRate: events0 / count0, cumulativeScore: score0 / count0, captureRate: hits / events,
          cumulativeCaptureRate: events0 / events,
          kolmogorovSmirnov: events0 / events - (count0 - events0) / (total - events)))
    }
    self.groups = groups
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
