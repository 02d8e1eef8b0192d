package import JobFiles
package import Training

extension StoppingMetric {
  /// The metric that a job asks for; AUTO is resolved.
  ///
  /// Metrics are called in training what the job file calls them, so that a name is written once.
  package init(_ choice: StoppingMetricChoice, isClassifier: Bool, isAutoencoder: Bool) {
    let automatic: StoppingMetric = isAutoencoder ? .mse : isClassifier ? .logloss : .deviance
    self = StoppingMetric(rawValue: choice.rawValue) ?? automatic
  }
}
