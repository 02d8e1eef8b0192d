internal import Metrics

extension ScoringRecord {
  /// Adds a scoring to the history.
  ///
  /// - `stoppingValue`: The value of the metric that early stopping uses.
  /// - `beginsUntrained`: True for autoencoders, whose history begins with the
  ///   untrained network; other histories begin with an empty row.
  /// - `wallSeconds`: The current time in seconds since 1970.
  mutating func append(
    _ point: ScoringPoint, training: ModelMetrics, validation: ModelMetrics?, stoppingValue: Double,
    beginsUntrained: Bool, wallSeconds: Double
  ) {
    if history.isEmpty, !beginsUntrained {
      let blank = [Double](repeating: .nan, count: ScoringHistory.metricNames(for: training).count)
      history.append(
        ScoringHistoryRow(
          timestampSeconds: wallSeconds - point.elapsedSeconds, elapsedSeconds: 0, samplesPerSecond: nil, epochs: 0,
          iterations: 0, samples: 0, training: blank, validation: validation.map { _ in blank }, stoppingValue: .nan))
    }
    history.append(
      ScoringHistoryRow(
        timestampSeconds: wallSeconds, elapsedSeconds: point.elapsedSeconds,
        samplesPerSecond: Double(point.samples) / max(1e-3, point.elapsedSeconds), epochs: point.epochs,
        iterations: point.iteration, samples: point.samples, training: ScoringHistory.values(of: training),
        validation: validation.map(ScoringHistory.values(of:)), stoppingValue: stoppingValue)
    )
  }
}
