/// The agreement of predicted probabilities with observed frequencies.
///
/// Rows are sorted by their probability and divided into groups of about equal weight. A model is
/// calibrated if in each group the mean probability is the frequency of the predicted class.
package struct Calibration: Sendable, Equatable {
  package struct Group: Sendable, Equatable {
    package let lowest: Double
    package let highest: Double
    package let weight: Double
    package let meanProbability: Double
    /// The fraction of the weight whose actual class is the one that the probability is about.
    package let observedRate: Double
  }

  package static let groupCount = 10

  /// The groups in ascending order of probabilities; rows with the same probability share a group.
  package let groups: [Group]
  /// The mean distance between mean probability and observed rate, weighted by the groups; NaN without rows.
  package var error: Double {
    let total = groups.reduce(0) { $0 + $1.weight }
    return groups.reduce(0) { $0 + $1.weight * abs($1.meanProbability - $1.observedRate) } / total
  }

  /// Computes the groups of the rows of a table of two classes.
  package init(_ table: ThresholdTable) {
    let total = table.positives + table.negatives
    var groups: [Group] = []
    var current = Sums()
    var passed = 0.0
    for index in table.thresholds.indices.reversed() {
      current.add(table.step(at: index))
      // The group ends at the first step that reaches the next multiple of a group's weight.
      let limit = Double(groups.count + 1) / Double(Self.groupCount) * total
      guard passed + current.weight >= limit * (1 - 1e-12) || index == 0 else { continue }
      passed += current.weight
      groups.append(current.group)
      current = Sums()
    }
    self.groups = groups
  }

  private struct Sums {
    private var (positives, probabilities) = (0.0, 0.0)
    private var (lowest, highest) = (Double.infinity, -Double.infinity)
    private(set) var weight = 0.0

    mutating func add(_ step: ThresholdTable.Step) {
      let own = step.positives + step.negatives
      weight += own
      positives += step.positives
      probabilities += own * step.threshold
      (lowest, highest) = (min(lowest, step.threshold), max(highest, step.threshold))
    }

    var group: Group {
      Group(
        lowest: lowest, highest: highest, weight: weight, meanProbability: probabilities / weight,
        observedRate: positives / weight)
    }
  }
}
