package import Metrics

/// A row of the scoring history.
package struct ScoringHistoryRow: Sendable, Codable, Equatable {
  /// Seconds since 1970.
  package let timestampSeconds: Double
  package let elapsedSeconds: Double
  /// The rows trained per second of training; nil before training.
  package let samplesPerSecond: Double?
  package let epochs: Double
  package let iterations: Int
  package let samples: Int
  /// The metrics in the order of ``ScoringHistory/metricNames(for:)``; NaN if not measured.
  package let training: [Double]
  package let validation: [Double]?
  /// The metric that early stopping uses.
  package private(set) var stoppingValue: Double

  package init(
    timestampSeconds: Double, elapsedSeconds: Double, samplesPerSecond: Double?, epochs: Double, iterations: Int,
    samples: Int, training: [Double], validation: [Double]?, stoppingValue: Double
  ) {
    self.timestampSeconds = timestampSeconds
    self.elapsedSeconds = elapsedSeconds
    self.samplesPerSecond = samplesPerSecond
    self.epochs = epochs
    self.iterations = iterations
    self.samples = samples
    self.training = training
    self.validation = validation
    self.stoppingValue = stoppingValue
  }

  var withoutStoppingValue: ScoringHistoryRow {
    var row = self
    row.stoppingValue = .nan
    return row
  }
}

/// The column names and values of the scoring history, as in H2O (h2o-behaviour.md#tables-of-a-result).
package enum ScoringHistory {
  /// Returns the metric columns for a kind of model, without the prefix `training_` or `validation_`.
  package static func metricNames(for metrics: ModelMetrics) -> [String] {
    switch metrics {
    case .autoencoder: ["rmse", "mse"]
    case .regression(let metrics): ["rmse", "deviance", "mae", "r2"] + (metrics.custom == nil ? [] : ["custom"])
    case .classification(let metrics):
      (metrics.binomial == nil
        ? ["rmse", "logloss", "r2", "classification_error", "auc", "pr_auc"]
        : ["rmse", "logloss", "r2", "auc", "pr_auc", "lift", "classification_error"])
        + (metrics.custom == nil ? [] : ["custom"])
    }
  }

  /// Returns the values in the order of those names.
  package static func values(of metrics: ModelMetrics) -> [Double] {
    switch metrics {
    case .autoencoder(let metrics):
      return [metrics.rootMeanSquaredError, metrics.meanSquaredError]
    case .regression(let metrics):
      return [metrics.rootMeanSquaredError, metrics.meanResidualDeviance, metrics.meanAbsoluteError, metrics.r2]
        + custom(metrics.custom)
    case .classification(let metrics):
      let common = [metrics.rootMeanSquaredError, metrics.logLoss, metrics.r2]
      guard let binomial = metrics.binomial else {
        let areas = metrics.multinomialAUC?.selected
        return common + [metrics.error, areas?.auc ?? .nan, areas?.precisionRecallAUC ?? .nan] + custom(metrics.custom)
      }
      return common + [
        binomial.auc, binomial.precisionRecallAUC, binomial.gainsLift?.liftOfTopGroup ?? .nan, metrics.error,
      ] + custom(metrics.custom)
    }
  }

  private static func custom(_ value: Double?) -> [Double] { value.map { [$0] } ?? [] }
}
