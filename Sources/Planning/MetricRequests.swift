package import Documents
package import JobFiles
internal import Metrics

/// Checks the metrics of a job against the type of its response.
package struct MetricRequests: Sendable {
  let job: JobFile
  let classCount: Int

  /// - `classCount`: The number of classes; 1 for a regression and for an autoencoder.
  package init(_ job: JobFile, classCount: Int) {
    self.job = job
    self.classCount = classCount
  }

  private var isClassifier: Bool { classCount > 1 }

  /// A warning if `stopping_metric` is undefined for this number of classes.
  var warning: String? {
    guard job.stoppingRounds > 0 else { return nil }
    return missing(job.stoppingMetric).map { "stopping_metric \($0), so it never stops training" }
  }

  private func missing(_ metric: StoppingMetricChoice) -> String? {
    let isMissing: Bool
    switch metric {
    case .mae, .rmsle: isMissing = isClassifier
    case .auc, .aucpr: isMissing = classCount > 2 && [.auto, .none].contains(job.aucType)
    case .liftTopGroup: isMissing = classCount > 2 || (classCount == 2 && job.gainsliftBins == 0)
    case .auto, .deviance, .logloss, .mse, .rmse, .misclassification, .meanPerClassError, .r2, .custom,
      .customIncreasing:
      isMissing = false
    }
    return isMissing ? "\(metric.rawValue) is undefined for \(classCount) classes" : nil
  }

  /// Returns the first violation of rules E50 and E51 by the metrics of the job; nil if there is none.
  func fault(isClassifier: Bool) -> DocumentFault? {
    if !isClassifier, job.customMetricFunc?.usesProbabilities == true {
      return job.fault(\.customMetricFunc, "uses a class probability, but a regression has no classes")
    }
    guard job.stoppingRounds > 0 else { return nil }
    return misfit(job.stoppingMetric, isClassifier: isClassifier).map { job.fault(\.stoppingMetric, $0) }
  }

  /// Returns the same for the metric that sorts a grid, which must be defined for every model.
  package func gridFault(isClassifier: Bool) -> DocumentFault? {
    let metric = job.gridStoppingMetric
    let problem: String?
    if job.autoencoder, ![.auto, .mse, .rmse].contains(metric) {
      problem = "must be AUTO, MSE or RMSE for an autoencoder"
    } else if [.custom, .customIncreasing].contains(metric), job.customMetricFunc == nil {
      problem = "\(metric.rawValue) needs a custom_metric_func"
    } else if let sentence = missing(metric) {
      problem = sentence
    } else {
      problem = job.autoencoder ? nil : misfit(metric, isClassifier: isClassifier)
    }
    return problem.map { job.fault(\.gridStoppingMetric, $0) }
  }

  private func misfit(_ metric: StoppingMetricChoice, isClassifier: Bool) -> String? {
    switch (metric, isClassifier) {
    case (.deviance, true): "deviance is for regression; use logloss for classification"
    case (.logloss, false), (.auc, false), (.aucpr, false), (.liftTopGroup, false), (.misclassification, false),
      (.meanPerClassError, false):
      "\(metric.rawValue) is for classification; use deviance, RMSE or MAE"
    default: nil
    }
  }
}
