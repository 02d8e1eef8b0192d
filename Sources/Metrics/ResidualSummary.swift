/// The residuals of a model that predicts numbers: actual minus predicted.
package struct ResidualSummary: Sendable, Equatable {
  /// The rows between two quantiles of the prediction.
  package struct Group: Sendable, Equatable {
    package let weight: Double
    package let meanPrediction: Double
    package let meanActual: Double
  }

  package struct Quantile: Sendable, Equatable {
    /// The fraction of the weight below.
    package let share: Double
    package let value: Double
  }

  package static let shares = [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1]
  package static let groupCount = 10

  package let rowCount: Int
  package let mean: Double
  /// The standard deviation around the mean, over the weight.
  package let deviation: Double
  /// The quantiles of ``shares``.
  package let quantiles: [Quantile]
  /// About ``groupCount`` groups of equal weight in ascending order of predictions; equal predictions share a group.
  package let groups: [Group]

  private struct Row {
    let actual: Double
    let predicted: Double
    let weight: Double

    var residual: Double { actual - predicted }
  }

  /// Computes the summary of rows with a known response; nil without any.
  package init?(_ parts: [ScoredRows]) {
    var rows: [Row] = []
    for part in parts {
      part.forEachRow(width: 1) { actual, outputs, weight in
        rows.append(Row(actual: actual, predicted: outputs[outputs.startIndex], weight: weight))
      }
    }
    let total = rows.reduce(0) { $0 + $1.weight }
    guard total > 0,
      let finder = WeightedQuantiles(
        rows.map { .init(value: $0.residual, weight: $0.weight) }, counting: .weights)
    else { return nil }
    let mean = rows.reduce(0) { $0 + $1.weight * $1.residual } / total
    let squares = rows.reduce(0) { $0 + $1.weight * ($1.residual - mean) * ($1.residual - mean) }
    rowCount = rows.count
    self.mean = mean
    deviation = (squares / total).squareRoot()
    quantiles = Self.shares.map { Quantile(share: $0, value: finder.value(at: $0)) }
    groups = Self.groups(rows.sorted { $0.predicted < $1.predicted }, total: total)
  }

  private static func groups(_ sorted: [Row], total: Double) -> [Group] {
    var groups: [Group] = []
    var passed = 0.0
    var start = 0
    for index in sorted.indices {
      passed += sorted[index].weight
      let isLast = index == sorted.count - 1
      let limit = Double(groups.count + 1) / Double(groupCount) * total
      guard isLast || (passed >= limit * (1 - 1e-12) && sorted[index + 1].predicted > sorted[index].predicted)
      else { continue }
      let rows = sorted[start...index]
      let weight = rows.reduce(0) { $0 + $1.weight }
      groups.append(
        Group(
          weight: weight, meanPrediction: rows.reduce(0) { $0 + $1.weight * $1.predicted } / weight,
          meanActual: rows.reduce(0) { $0 + $1.weight * $1.actual } / weight))
      start = index + 1
    }
    return groups
  }
}
