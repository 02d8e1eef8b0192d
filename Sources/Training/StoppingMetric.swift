package import Metrics

/// The metric that early stopping and the choice of the best model use.
package enum StoppingMetric: String, Sendable, Codable {
  case deviance
  case logloss
  case mse = "MSE"
  case rmse = "RMSE"
  case mae = "MAE"
  case rmsle = "RMSLE"
  case auc = "AUC"
  case aucpr = "AUCPR"
  case liftTopGroup = "lift_top_group"
  case misclassification
  case meanPerClassError = "mean_per_class_error"
  case r2
  case custom
  case customIncreasing = "custom_increasing"

  /// H2O's name of the metric in metrics.json.
  package var nameInMetrics: String {
    switch self {
    case .deviance: "mean_residual_deviance"
    case .logloss: "logloss"
    case .mse: "MSE"
    case .rmse: "RMSE"
    case .mae: "mae"
    case .rmsle: "rmsle"
    case .auc: "AUC"
    case .aucpr: "pr_auc"
    case .liftTopGroup: "lift_top_group"
    case .misclassification: "err"
    case .meanPerClassError: "mean_per_class_error"
    case .r2: "r2"
    case .custom, .customIncreasing: "custom"
    }
  }

  package var direction: MetricDirection {
    self == .customIncreasing ? .moreIsBetter : MetricDirection(ofMetric: nameInMetrics) ?? .lessIsBetter
  }

  package var moreIsBetter: Bool { direction == .moreIsBetter }

  /// Whether 0 is the smallest possible value, which ends training when it is reached.
  var hasLowerBoundZero: Bool {
    switch self {
    case .logloss, .mse, .rmse, .mae, .rmsle, .auc, .aucpr, .misclassification, .meanPerClassError: true
    case .deviance, .liftTopGroup, .r2, .custom, .customIncreasing: false
    }
  }

  /// Returns the value of the metric; NaN if the model does not have it.
  package func value(of metrics: ModelMetrics) -> Double {
    guard self != .custom, self != .customIncreasing else { return metrics.custom }
    return switch metrics {
    case .autoencoder(let metrics): self == .mse ? metrics.meanSquaredError : .nan
    case .regression(let metrics):
      switch self {
      case .deviance: metrics.meanResidualDeviance
      case .mse: metrics.meanSquaredError
      case .rmse: metrics.rootMeanSquaredError
      case .mae: metrics.meanAbsoluteError
      case .rmsle: metrics.rootMeanSquaredLogError
      case .r2: metrics.r2
      case .logloss, .auc, .aucpr, .liftTopGroup, .misclassification, .meanPerClassError, .custom, .customIncreasing:
        .nan
      }
    case .classification(let metrics):
      switch self {
      case .logloss: metrics.logLoss
      case .mse: metrics.meanSquaredError
      case .rmse: metrics.rootMeanSquaredError
      case .misclassification: metrics.error
      case .meanPerClassError: metrics.meanPerClassError
      case .r2: metrics.r2
      case .auc: metrics.binomial?.auc ?? metrics.multinomialAUC?.selected.auc ?? .nan
      case .aucpr: metrics.binomial?.precisionRecallAUC ?? metrics.multinomialAUC?.selected.precisionRecallAUC ?? .nan
      case .liftTopGroup: metrics.binomial?.gainsLift?.liftOfTopGroup ?? .nan
      case .deviance, .mae, .rmsle, .custom, .customIncreasing: .nan
      }
    }
  }

  /// Returns the loss that the best model minimises, in single precision, with H2O's rules and fallbacks
  /// (h2o-behaviour.md#scoring-event).
  func loss(of metrics: ModelMetrics, by rule: BestNetworkLoss) -> Float {
    guard rule == .substitutes else {
      return Float(direction.loss(of: value(of: metrics)))
    }
    return switch self {
    case .auc, .aucpr, .r2: Float(1 - value(of: metrics))
    // H2O has no case of its own for RMSE and custom metrics.
    case .rmse, .custom, .customIncreasing:
      switch metrics {
      case .autoencoder: Float(StoppingMetric.mse.value(of: metrics))
      case .regression: Float(StoppingMetric.deviance.value(of: metrics))
      case .classification: Float(StoppingMetric.logloss.value(of: metrics))
      }
    case .deviance, .logloss, .mse, .mae, .rmsle, .liftTopGroup, .misclassification, .meanPerClassError:
      Float(value(of: metrics))
    }
  }
}
