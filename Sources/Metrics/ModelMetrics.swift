/// The metrics of a model on one table.
package enum ModelMetrics: Sendable {
  case regression(RegressionMetrics)
  case classification(ClassificationMetrics)
  case autoencoder(AutoencoderMetrics)

  /// A metric with H2O's name, as in `metrics.json`.
  package struct Named: Sendable, Equatable {
    package let name: String
    package let value: Double

    package init(name: String, value: Double) {
      self.name = name
      self.value = value
    }
  }

  /// The finite metrics by H2O's names.
  package var finiteValues: [String: Double] {
    Dictionary(values.filter { $0.value.isFinite }.map { ($0.name, $0.value) }) { first, _ in first }
  }

  /// All scalar metrics with H2O's names.
  package var values: [Named] {
    switch self {
    case .autoencoder(let metrics):
      return [
        Named(name: "MSE", value: metrics.meanSquaredError), Named(name: "RMSE", value: metrics.rootMeanSquaredError),
        Named(name: "nobs", value: Double(metrics.rowCount)),
      ]
    case .regression(let metrics):
      return [
        Named(name: "MSE", value: metrics.meanSquaredError), Named(name: "RMSE", value: metrics.rootMeanSquaredError),
        Named(name: "nobs", value: Double(metrics.rowCount)), Named(name: "r2", value: metrics.r2),
        Named(name: "mean_residual_deviance", value: metrics.meanResidualDeviance),
        Named(name: "mae", value: metrics.meanAbsoluteError),
        Named(name: "rmsle", value: metrics.rootMeanSquaredLogError),
      ] + Self.named(metrics.custom)
    case .classification(let metrics):
      var values = [
        Named(name: "MSE", value: metrics.meanSquaredError), Named(name: "RMSE", value: metrics.rootMeanSquaredError),
        Named(name: "nobs", value: Double(metrics.rowCount)), Named(name: "r2", value: metrics.r2),
        Named(name: "logloss", value: metrics.logLoss),
      ]
      if let binomial = metrics.binomial {
        values += [
          Named(name: "AUC", value: binomial.auc), Named(name: "pr_auc", value: binomial.precisionRecallAUC),
          Named(name: "Gini", value: binomial.gini),
          Named(name: "lift_top_group", value: binomial.gainsLift?.liftOfTopGroup ?? .nan),
          Named(name: "default_threshold", value: binomial.defaultThreshold),
        ]
      }
      if let areas = metrics.multinomialAUC {
        values += [
          Named(name: "AUC", value: areas.selected.auc),
          Named(name: "pr_auc", value: areas.selected.precisionRecallAUC),
        ]
      }
      return values + [
        Named(name: "mean_per_class_error", value: metrics.meanPerClassError), Named(name: "err", value: metrics.error),
      ] + Self.named(metrics.custom)
    }
  }

  /// Whether the rows can decide between networks and thresholds (``ClassificationMetrics/isDecisive``).
  package var isDecisive: Bool { if case .classification(let metrics) = self { metrics.isDecisive } else { true } }

  /// Returns the metrics that decide about a training: those on the validation table, unless there is none or its rows
  /// are all of one class.
  package static func leading(training: ModelMetrics, validation: ModelMetrics?) -> ModelMetrics {
    validation.flatMap { $0.isDecisive ? $0 : nil } ?? training
  }

  private static func named(_ custom: Double?) -> [Named] { custom.map { [Named(name: "custom", value: $0)] } ?? [] }

  /// The user-defined metric; NaN without one.
  package var custom: Double {
    switch self {
    case .regression(let metrics): metrics.custom ?? .nan
    case .classification(let metrics): metrics.custom ?? .nan
    case .autoencoder: .nan
    }
  }

  /// The main metric, which early stopping watches by default.
  package var headline: Named {
    switch self {
    case .autoencoder(let metrics):
      Named(name: "MSE", value: metrics.meanSquaredError)
    case .regression(let metrics):
      Named(name: "RMSE", value: metrics.rootMeanSquaredError)
    case .classification(let metrics):
      metrics.binomial.map { Named(name: "AUC", value: $0.auc) } ?? Named(name: "error", value: metrics.error)
    }
  }
}
