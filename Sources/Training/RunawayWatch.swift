internal import DeepLearning
internal import Metrics

/// Notices a training whose metric has left every useful range although its weights still pass for numbers.
///
/// A metric has run away if it is ten times as bad as that of the trivial model and as that of the untrained network, after
/// the first epoch, in two scorings in a row. Steps that are too large for a moment mend themselves; such a training does
/// not.
package struct RunawayWatch: Sendable {
  private static let factor = 10.0
  private static let scoringsInARow = 2
  private static let firstEpochs = 1.0

  private var count = 0

  package init() {}

  /// Whether the last scoring was bad enough that no checkpoint is worth keeping.
  package var isSuspicious: Bool { count > 0 }

  /// Whether the untrained network must be looked at to judge a scoring: the trivial model is far better.
  package static func isSuspicious(_ loss: Double, at point: ScoringPoint, trivial: Double) -> Bool {
    point.epochs >= firstEpochs && trivial > 0 && trivial.isFinite && !(loss <= factor * trivial)
  }

  /// Notes a scoring, and says whether training has run away.
  ///
  /// - `loss`: On the training table.
  /// - `untrained`: Of the untrained network, if the scoring is suspicious; otherwise nil.
  /// - `bestIsKept`: Whether an earlier network may become the model, so that a single bad scoring at the end does no harm.
  package mutating func note(_ loss: Double, at point: ScoringPoint, untrained: Double?, bestIsKept: Bool) -> Bool {
    guard let untrained, !(loss <= Self.factor * untrained) else {
      count = 0
      return false
    }
    count += 1
    return count >= Self.scoringsInARow || (point.isLast && !bestIsKept)
  }

  /// The loss by which a training is judged here, whatever metric the job watches.
  static func loss(_ metrics: ModelMetrics) -> (name: String, value: Double) {
    switch metrics {
    case .autoencoder(let metrics): ("MSE", metrics.meanSquaredError)
    case .regression(let metrics): ("deviance", metrics.meanResidualDeviance)
    case .classification(let metrics): ("logloss", metrics.logLoss)
    }
  }
}

extension NetworkState {
  /// The layer, from 1, that has the weight of largest magnitude.
  var layerOfLargestWeight: Int {
    let largest = layers.map { layer in layer.weights.reduce(Float(0)) { max($0, abs($1)) } }
    return (largest.indices.max { largest[$0] < largest[$1] } ?? 0) + 1
  }
}
