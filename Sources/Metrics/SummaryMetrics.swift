/// The scalar metrics of H2O's cross-validation summary, in alphabetical order
/// (h2o-behaviour.md#cross-validation).
package enum SummaryMetrics {
  /// Returns the metrics; aic and loglikelihood are NaN because H2O prints none for Deep Learning.
  package static func values(of metrics: ModelMetrics) -> [ModelMetrics.Named] {
    let pairs: [(String, Double)]
    switch metrics {
    case .autoencoder(let metrics):
      pairs = [("mse", metrics.meanSquaredError), ("rmse", metrics.rootMeanSquaredError)]
    case .regression(let metrics):
      pairs = [
        ("aic", .nan), ("loglikelihood", .nan), ("mae", metrics.meanAbsoluteError),
        ("mean_residual_deviance", metrics.meanResidualDeviance), ("mse", metrics.meanSquaredError),
        ("r2", metrics.r2), ("residual_deviance", metrics.meanResidualDeviance),
        ("rmse", metrics.rootMeanSquaredError), ("rmsle", metrics.rootMeanSquaredLogError),
      ]
    case .classification(let metrics):
      pairs = common(metrics) + (metrics.binomial.map(binomial) ?? multinomial(metrics))
    }
    return pairs.sorted { $0.0 < $1.0 }.map { ModelMetrics.Named(name: $0.0, value: $0.1) }
  }

  private static func common(_ metrics: ClassificationMetrics) -> [(String, Double)] {
    let matrix = metrics.confusionMatrix
    let rates = matrix.labels.indices.map { matrix.errors(of: $0) }.map { $0.total > 0 ? $0.wrong / $0.total : 0 }
    return [
      ("accuracy", 1 - metrics.error), ("aic", .nan), ("err", metrics.error),
      ("err_count", matrix.total > 0 ? metrics.error * matrix.total : 0), ("loglikelihood", .nan),
      ("logloss", metrics.logLoss),
      ("max_per_class_error", rates.max() ?? .nan), ("mean_per_class_accuracy", 1 - metrics.meanPerClassError),
      ("mean_per_class_error", metrics.meanPerClassError), ("mse", metrics.meanSquaredError), ("r2", metrics.r2),
      ("rmse", metrics.rootMeanSquaredError),
    ]
  }

  /// Returns the criteria at the decision threshold.
  private static func binomial(_ metrics: ClassificationMetrics.Binomial) -> [(String, Double)] {
    let table = metrics.thresholds
    let index = metrics.isDecided ? table.index(from: metrics.defaultThreshold) : nil
    let criteria: [(String, ThresholdTable.Criterion)] = [
      ("f0point5", .f0point5), ("f1", .f1), ("f2", .f2), ("precision", .precision), ("recall", .recall),
      ("specificity", .specificity),
    ]
    return [
      ("auc", metrics.auc), ("lift_top_group", metrics.gainsLift?.liftOfTopGroup ?? .nan),
      ("mcc", index.map(table.matthewsCorrelation) ?? .nan), ("pr_auc", metrics.precisionRecallAUC),
    ] + criteria.map { name, criterion in (name, index.map { table.value(criterion, at: $0) } ?? .nan) }
  }

  private static func multinomial(_ metrics: ClassificationMetrics) -> [(String, Double)] {
    let areas = metrics.multinomialAUC?.selected
    return [("auc", areas?.auc ?? .nan), ("pr_auc", areas?.precisionRecallAUC ?? .nan)]
  }
}
