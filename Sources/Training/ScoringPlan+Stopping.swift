internal import Metrics

extension ScoringPlan {
  /// Returns the deciding metric, under its name in the job file, with its value.
  func deciding(_ metrics: ModelMetrics) -> ModelMetrics.Named {
    .init(name: stopping.metric.rawValue, value: stopping.metric.value(of: metrics))
  }

  /// Returns why training stops after the last scoring of `history`; nil if it continues.
  func stopCause(_ training: ModelMetrics, history: [ScoringHistoryRow]) -> StopCause? {
    let error: Double
    switch training {
    case .autoencoder(let metrics): error = metrics.meanSquaredError
    case .regression(let metrics): error = metrics.meanSquaredError
    case .classification(let metrics): error = metrics.error
    }
    if error <= target.limit { return .targetErrorReached(error, rule: target.rule, limit: target.limit) }
    guard stopping.stops(history.map(\.stoppingValue)) else { return nil }
    return .noImprovement(stopping.metric, rounds: stopping.rounds, tolerance: stopping.tolerance)
  }
}
