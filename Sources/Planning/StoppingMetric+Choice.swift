package import JobFiles
package import Training

extension StoppingMetric {
  /// The metric for a value of `stopping_metric`, with AUTO resolved.
  ///
  /// Raw values are the same in Training and in job files, so that each name is written once.
  package init(_ choice: StoppingMetricChoice, isClassifier: Bool, isAutoencoder: Bool) {
    let automatic: StoppingMetric = isAutoencoder ? .mse : isClassifier ? .logloss : .deviance
    self = StoppingMetric(rawValue: choice.rawValue) ?? automatic
  }
}
