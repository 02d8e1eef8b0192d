package import JobFiles
package import Training

extension StoppingMetric {
  /// The metric for a value of `stopping_metric`, with AUTO resolved.
  package init(_ choice: StoppingMetricChoice, isClassifier: Bool, isAutoencoder: Bool) {
    self =
      switch choice {
      case .auto: isAutoencoder ? .mse : isClassifier ? .logloss : .deviance
      case .deviance: .deviance
      case .logloss: .logloss
      case .mse: .mse
      case .rmse: .rmse
      case .mae: .mae
      case .rmsle: .rmsle
      case .auc: .auc
      case .aucpr: .aucpr
      case .liftTopGroup: .liftTopGroup
      case .misclassification: .misclassification
      case .meanPerClassError: .meanPerClassError
      case .r2: .r2
      case .custom: .custom
      case .customIncreasing: .customIncreasing
      }
  }
}
