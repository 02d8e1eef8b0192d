/// The choice of the models whose mean predicts best.
///
/// Starting with the best model, each round adds the model, with replacement, with which the mean of all has the smallest
/// loss; the best mean of all rounds counts. A model that is added twice has twice the share. Source: Caruana et al. 2004,
/// Ensemble Selection from Libraries of Models.
package struct EnsembleSelection: Sendable, Equatable {
  /// How often each model was chosen; all 0 without a model.
  package let counts: [Int]
  /// The loss of their mean; infinite without a model.
  package let loss: Double

  /// Chooses among models.
  ///
  /// Ties go to fewer models, and to those first in the list, so that the choice is always the same.
  ///
  /// - Parameters:
  ///   - predictions: The predictions of each model for the same rows.
  ///   - rounds: The number of models to add at most, the first included.
  ///   - maximumModels: The number of different models at most.
  ///   - measure: Returns the loss of predictions; NaN is worse than every number.
  package init(
    predictions: [[Double]], rounds: Int, maximumModels: Int, loss measure: ([Double]) -> Double
  ) {
    var counts = [Int](repeating: 0, count: predictions.count)
    var sum = [Double](repeating: 0, count: predictions.first?.count ?? 0)
    var best = (counts: counts, loss: Double.infinity)
    for round in 1...max(1, rounds) {
      var added: (index: Int, loss: Double)?
      for (index, values) in predictions.enumerated() {
        guard counts[index] > 0 || counts.count(where: { $0 > 0 }) < maximumModels else { continue }
        let mean = zip(sum, values).map { ($0 + $1) / Double(round) }
        let found = measure(mean)
        if !found.isNaN, found < added?.loss ?? .infinity { added = (index, found) }
      }
      guard let added else { break }
      counts[added.index] += 1
      for (place, value) in predictions[added.index].enumerated() { sum[place] += value }
      if added.loss < best.loss { best = (counts, added.loss) }
    }
    (self.counts, loss) = best
  }

  /// The share of each model.
  package var shares: [Double] {
    let total = Double(counts.reduce(0, +))
    return counts.map { total > 0 ? Double($0) / total : 0 }
  }
}
