package import Documents
package import JobFiles
package import Metrics
internal import Models

/// When a model is scored, on how many rows, and what ends training.
///
/// All from the job; all defaults filled in.
package struct ScoringPlan: Sendable {
  package let scoresEachIteration: Bool
  /// Training waits for every score, so that the model does not depend on the clock.
  package let waitsForScores: Bool
  package let interval: ScoringSchedule.Interval
  package let dutyCycle: Double
  package let trainingSamples: Int
  package let validationSamples: Int
  package let stopping: StoppingRule
  /// Training error, or MSE, at which training ends; negative never.
  package let targetError: Double
  /// The rule that gives it.
  package let targetRule: StopCause.TargetRule
  package let keepsBestModel: Bool
  package let seed: Int
  package let threads: Int
  /// Whether this is a sparse autoencoder.
  package let hasSparsity: Bool
  /// Metrics beyond the usual ones.
  package let metricOptions: MetricOptions

  /// Of the expected duration of a training, between two scorings.
  private static let automaticShare = 1.0 / 50

  /// `seed`: The seed in force, also where the job left it open.
  package init(_ job: JobFile, isClassifier: Bool, isReproducible: Bool, seed: Int, threads: Int) {
    scoresEachIteration = isReproducible || job.scoreEachIteration
    waitsForScores = isReproducible
    interval =
      job.isGiven(\.scoreInterval) || job.quirks.contains(.scoreIntervalIsFixed)
      ? .seconds(job.scoreInterval) : .share(Self.automaticShare, longestSeconds: job.scoreInterval)
    dutyCycle = job.scoreDutyCycle
    trainingSamples = job.scoreTrainingSamples
    validationSamples = job.scoreValidationSamples
    stopping = StoppingRule(
      metric: StoppingMetric(job.stoppingMetric, isClassifier: isClassifier, isAutoencoder: job.autoencoder),
      rounds: job.stoppingRounds,
      tolerance: job.stoppingTolerance)
    targetError = isClassifier ? job.classificationStop : job.regressionStop
    targetRule = isClassifier ? .classificationStop : .regressionStop
    keepsBestModel = job.overwriteWithBestModel
    self.seed = seed
    self.threads = threads
    hasSparsity = job.autoencoder && job.sparsityBeta > 0
    let quirks = job.quirks
    metricOptions = MetricOptions(
      multinomialAUC: Self.average(job.aucType), gainsLiftGroups: job.gainsliftBins < 0 ? nil : job.gainsliftBins,
      rowCounting: quirks.contains(.quantilesCountWholeRows) ? .wholeNumbers : .weights,
      logLossOperand: quirks.contains(.logLossRoundsProbabilities) ? .complementOfError : .probability,
      hitCounting: quirks.contains(.hitsLoseTheirWeight) ? .onesAtFirstRank : .weights,
      responsePrecision: quirks.contains(.responsesAreRounded) ? .single : .double,
      curve: quirks.contains(.curvesAreBinned) ? .bins : .exact, labelRule: LabelRule(job.labelThreshold),
      hitRanks: quirks.contains(.hitRatiosEndAtTen) ? 10 : job.maxHitRatioK,
      custom: job.customMetricFunc.map { expression in
        CustomMetric(name: expression.text) { CustomMetricRows(parts: $0, width: $1).evaluate(expression) }
      })
  }

  private static func average(_ choice: MultinomialAUCChoice) -> MultinomialAUC.Average? {
    switch choice {
    case .auto, .none: nil
    case .macroOVR: .macroOneVersusRest
    case .weightedOVR: .weightedOneVersusRest
    case .macroOVO: .macroOneVersusOne
    case .weightedOVO: .weightedOneVersusOne
    }
  }

  /// A sentence about a `stopping_metric` that a model with so many classes does not have, if it is one.
  package static func metricWarning(_ job: JobFile, classCount: Int) -> String? {
    guard job.stoppingRounds > 0 else { return nil }
    return missing(job.stoppingMetric, job, classCount: classCount).map {
      "stopping_metric \($0); it never stops training"
    }
  }

  private static func missing(_ metric: StoppingMetricChoice, _ job: JobFile, classCount: Int) -> String? {
    let isMissing: Bool
    switch metric {
    case .mae, .rmsle: isMissing = classCount > 1
    case .auc, .aucpr: isMissing = classCount > 2 && [.auto, .none].contains(job.aucType)
    case .liftTopGroup: isMissing = classCount > 2 || (classCount == 2 && job.gainsliftBins == 0)
    case .auto, .deviance, .logloss, .mse, .rmse, .misclassification, .meanPerClassError, .r2, .custom,
      .customIncreasing:
      isMissing = false
    }
    return isMissing ? "\(metric.rawValue) has no value with \(classCount) classes" : nil
  }

  /// The rule that the metrics of the job break for this kind of response, if any (rules E50, E51).
  package static func metricFault(_ job: JobFile, isClassifier: Bool) -> DocumentFault? {
    if !isClassifier, job.customMetricFunc?.usesProbabilities == true {
      return job.fault(\.customMetricFunc, "asks for the probability of a class, which a regression has not")
    }
    guard job.stoppingRounds > 0 else { return nil }
    return misfit(job.stoppingMetric, isClassifier: isClassifier).map { job.fault(\.stoppingMetric, $0) }
  }

  /// The same for the metric that sorts a grid, which must have a value for every model.
  package static func gridMetricFault(_ job: JobFile, isClassifier: Bool, classCount: Int) -> DocumentFault? {
    let metric = job.gridStoppingMetric
    let problem: String?
    if job.autoencoder, ![.auto, .mse, .rmse].contains(metric) {
      problem = "must be AUTO, MSE or RMSE for an autoencoder"
    } else if [.custom, .customIncreasing].contains(metric), job.customMetricFunc == nil {
      problem = "\(metric.rawValue) needs a custom_metric_func"
    } else if let sentence = missing(metric, job, classCount: classCount) {
      problem = sentence
    } else {
      problem = job.autoencoder ? nil : misfit(metric, isClassifier: isClassifier)
    }
    return problem.map { job.fault(\.gridStoppingMetric, $0) }
  }

  private static func misfit(_ metric: StoppingMetricChoice, isClassifier: Bool) -> String? {
    switch (metric, isClassifier) {
    case (.deviance, true): "deviance is for regression; use logloss for classification"
    case (.logloss, false), (.auc, false), (.aucpr, false), (.liftTopGroup, false), (.misclassification, false),
      (.meanPerClassError, false):
      "\(metric.rawValue) is for classification; use deviance, RMSE or MAE"
    default: nil
    }
  }
}
