/// Early stopping by moving averages (h2o-behaviour.md#early-stopping).
///
/// A pure function of the history.
package struct StoppingRule: Sendable, Hashable {
  package let metric: StoppingMetric
  /// The number of scorings per average; 0 disables stopping.
  package let rounds: Int
  /// The largest relative improvement that counts as none.
  package let tolerance: Double

  package init(metric: StoppingMetric, rounds: Int, tolerance: Double) {
    self.metric = metric
    self.rounds = rounds
    self.tolerance = tolerance
  }

  /// Returns whether the last `rounds` averages are no better than the one before them.
  ///
  /// `history`: The metric at each scoring, oldest first; the first value is NaN, for the row before training.
  package func stops(_ history: [Double]) -> Bool {
    guard rounds > 0, history.count - 1 >= 2 * rounds else { return false }
    let first = history.count - 2 * rounds
    let averages = (0...rounds).map { start in
      history[(first + start)..<(first + start + rounds)].reduce(0, +) / Double(rounds)
    }
    guard !averages.contains(where: \.isNaN), let reference = averages.first else { return false }
    if metric.hasLowerBoundZero, reference == 0 { return true }
    let later = averages.dropFirst()
    guard let low = later.min(), let high = later.max() else { return false }
    let extreme = metric.moreIsBetter ? high : low
    let all = averages
    guard let smallest = all.min(), let largest = all.max(), sign(smallest) == sign(largest),
      sign(extreme) == sign(reference)
    else { return false }
    guard reference > 0 else {
      // A ratio of negative numbers would be inverted. H2O has no rule
      // for this, because its metrics are never negative.
      let gain = metric.moreIsBetter ? extreme - reference : reference - extreme
      return reference < 0 && gain <= tolerance * -reference
    }
    let ratio = extreme / reference
    return metric.moreIsBetter ? ratio <= 1 + tolerance : ratio >= 1 - tolerance
  }

  private func sign(_ value: Double) -> Int { value > 0 ? 1 : value < 0 ? -1 : 0 }
}
