/// The areas under ROC and precision-recall curves for more than two classes
/// (h2o-behaviour.md#metrics-of-more-classes).
///
/// There is one curve for each class against the rest, and one for each pair of classes; each is a
/// binomial curve. The value of a pair is the mean of both directions.
package struct MultinomialAUC: Sendable, Equatable {
  /// The average that combines all curves into one number.
  package enum Average: String, Sendable, CaseIterable {
    case macroOneVersusRest = "MACRO_OVR"
    case weightedOneVersusRest = "WEIGHTED_OVR"
    case macroOneVersusOne = "MACRO_OVO"
    case weightedOneVersusOne = "WEIGHTED_OVO"
  }

  /// One curve, or an average of several.
  package struct Row: Sendable, Equatable {
    /// `a vs Rest`, `a vs b`, `Macro OVR` and the like.
    package let name: String
    package let auc: Double
    package let precisionRecallAUC: Double
  }

  /// The maximum number of classes, as in H2O: the number of pairs grows with the square.
  package static let maximumClasses = 50

  /// All curves and all averages.
  package let rows: [Row]
  /// The requested average.
  package let selected: Row

  /// Returns nil if no average is requested or there are too many classes.
  init?(_ parts: [ScoredRows], labels: [String], options: MetricOptions) {
    let curve = options.rules.curve
    guard let average = options.multinomialAUC, labels.count <= Self.maximumClasses else { return nil }
    var weights = [Double](repeating: 0, count: labels.count)
    for part in parts { part.forEachRow(width: labels.count) { actual, _, weight in weights[Int(actual)] += weight } }
    var restRows: [Row] = []
    for (index, label) in labels.enumerated() {
      let area = Self.area(parts, labels.count, curve, positive: index, isNegative: { $0 != index })
      restRows.append(Row(name: "\(label) vs Rest", auc: area.auc, precisionRecallAUC: area.precisionRecallAUC))
    }
    var pairRows: [Row] = []
    var pairWeights: [Double] = []
    for first in labels.indices {
      for second in labels.indices where second > first {
        let one = Self.area(parts, labels.count, curve, positive: first, isNegative: { $0 == second })
        let other = Self.area(parts, labels.count, curve, positive: second, isNegative: { $0 == first })
        pairRows.append(
          Row(
            name: "\(labels[first]) vs \(labels[second])", auc: (one.auc + other.auc) / 2,
            precisionRecallAUC: (one.precisionRecallAUC + other.precisionRecallAUC) / 2))
        pairWeights.append(weights[first] + weights[second])
      }
    }
    let averages: [(Average, Row)] = [
      (.macroOneVersusRest, Self.mean(restRows, weights.map { _ in 1 }, name: "Macro OVR")),
      (.weightedOneVersusRest, Self.mean(restRows, weights, name: "Weighted OVR")),
      (.macroOneVersusOne, Self.mean(pairRows, pairWeights.map { _ in 1 }, name: "Macro OVO")),
      (.weightedOneVersusOne, Self.mean(pairRows, pairWeights, name: "Weighted OVO")),
    ]
    guard let selected = averages.first(where: { $0.0 == average })?.1 else { return nil }
    rows = restRows + [averages[0].1, averages[1].1] + pairRows + [averages[2].1, averages[3].1]
    self.selected = selected
  }

  private static func mean(_ rows: [Row], _ weights: [Double], name: String) -> Row {
    let total = weights.reduce(0, +)
    func mean(_ value: (Row) -> Double) -> Double {
      zip(rows, weights).reduce(0) { $0 + value($1.0) * $1.1 } / total
    }
    return Row(name: name, auc: mean(\.auc), precisionRecallAUC: mean(\.precisionRecallAUC))
  }

  private static func area(
    _ parts: [ScoredRows], _ classes: Int, _ curve: MetricRules.Curve, positive: Int, isNegative: (Int) -> Bool
  ) -> ThresholdTable {
    var builder = ThresholdTableBuilder(curve)
    for part in parts {
      part.forEachRow(width: classes) { actual, probabilities, weight in
        let isPositive = Int(actual) == positive
        guard isPositive || isNegative(Int(actual)) else { return }
        builder.insert(probabilities[probabilities.startIndex + positive], isPositive: isPositive, weight: weight)
      }
      builder.endPart()
    }
    return builder.table()
  }
}
