internal import DeepLearning
internal import Metrics

/// A detector of trainings whose metric diverges while the weights are still finite.
///
/// After the first epoch, a metric has diverged if two scorings in a row are ten times as bad as both the trivial model
/// and the untrained network. Training recovers from a few steps that are too large, but not from this.
package struct RunawayWatch: Sendable {
  private static let factor = 10.0
  private static let scoringsInARow = 2
  private static let firstEpochs = 1.0

  private var count = 0

  package init() {}

  /// Whether the last scoring was so bad that no checkpoint should be kept.
  package var isSuspicious: Bool { count > 0 }

  /// Returns whether a scoring is far worse than the trivial model, so that
  /// it must be compared with the untrained network.
  package static func isSuspicious(_ loss: Double, at point: ScoringPoint, trivial: Double) -> Bool {
    point.epochs >= firstEpochs && trivial > 0 && trivial.isFinite && !(loss <= factor * trivial)
  }

  /// Adds a scoring, and returns whether training has diverged.
  ///
  /// - `loss`: The loss on the training table.
  /// - `untrained`: The loss of the untrained network if the scoring is suspicious; otherwise nil.
  /// - `bestIsKept`: Whether an earlier network can become the model, so that one bad scoring at the end does no harm.
  package mutating func note(_ loss: Double, at point: ScoringPoint, untrained: Double?, bestIsKept: Bool) -> Bool {
    guard let untrained, !(loss <= Self.factor * untrained) else {
      count = 0
      return false
    }
    count += 1
    return count >= Self.scoringsInARow || (point.isLast && !bestIsKept)
  }

  /// Returns the loss that this detector compares, whichever metric the job uses.
  static func loss(_ metrics: ModelMetrics) -> (name: String, value: Double) {
    switch metrics {
    case .autoencoder(let metrics): ("MSE", metrics.meanSquaredError)
    case .regression(let metrics): ("deviance", metrics.meanResidualDeviance)
    case .classification(let metrics): ("logloss", metrics.logLoss)
    }
  }
}

extension NetworkState {
  /// The layer, counted from 1, with the weight of the largest magnitude.
  var layerOfLargestWeight: Int {
    let largest = layers.map { layer in layer.weights.reduce(Float(0)) { max($0, abs($1)) } }
    return (largest.indices.max { largest[$0] < largest[$1] } ?? 0) + 1
  }
}
