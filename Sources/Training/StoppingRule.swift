/// Early stopping by moving averages (h2o-behaviour.md#early-stopping).
///
/// A pure function of the history.
package struct StoppingRule: Sendable, Hashable {
  package let metric: StoppingMetric
  /// Scorings in one average; 0 never stops.
  package let rounds: Int
  /// Relative improvement that counts as none.
  package let tolerance: Double

  package init(metric: StoppingMetric, rounds: Int, tolerance: Double) {
    self.metric = metric
    self.rounds = rounds
    self.tolerance = tolerance
  }

  /// Whether the last `rounds` averages are no better than the one before them.
  ///
  /// `history`: The metric at each scoring, oldest first; the row before training, NaN, is the first.
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
      // A quotient would be the wrong way round. No metric of H2O's falls below zero, so it has no rule for that.
      let gain = metric.moreIsBetter ? extreme - reference : reference - extreme
      return reference < 0 && gain <= tolerance * -reference
    }
    let ratio = extreme / reference
    return metric.moreIsBetter ? ratio <= 1 + tolerance : ratio >= 1 - tolerance
  }

  private func sign(_ value: Double) -> Int { value > 0 ? 1 : value < 0 ? -1 : 0 }
}
