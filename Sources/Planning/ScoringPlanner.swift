package import JobFiles
package import Metrics
internal import Training

/// Makes the scoring plan of a job, with all defaults filled in.
struct ScoringPlanner {
  /// The default interval between scorings, as a share of the expected training time.
  private static let automaticShare = 1.0 / 50
  /// The weight updates, in about half a second on one core, below which a training waits for each score.
  ///
  /// Without the wait it could end before stopping rules see a score. Work and not time decides, so that
  /// a busy machine does not change what a job does; `score_duty_cycle` bounds the cost.
  private static let shortTrainingUpdates = 2e9

  let job: JobFile
  let compatibility: Compatibility

  func plan(for training: TrainingPlan) -> ScoringPlan {
    ScoringPlan(
      pace: .init(
        scoresEachIteration: training.course.isReproducible || job.scoreEachIteration,
        waitsForScores: training.course.isReproducible || training.updates < Self.shortTrainingUpdates,
        interval: interval, dutyCycle: job.scoreDutyCycle),
      stopping: StoppingRule(
        metric: StoppingMetric(job.stoppingMetric, isClassifier: training.isClassifier, isAutoencoder: job.autoencoder),
        rounds: job.stoppingRounds, tolerance: job.stoppingTolerance),
      target: training.isClassifier
        ? .init(rule: .classificationStop, limit: job.classificationStop)
        : .init(rule: .regressionStop, limit: job.regressionStop),
      keepsBestModel: job.overwriteWithBestModel, lastOfEqualsIsBest: job.bestModelTies == .last,
      scalesTemperature: job.temperatureScaling && training.isClassifier,
      metricOptions: MetricOptions(job, compatibility))
  }

  private var interval: ScoringSchedule.Interval {
    job.isGiven(\.scoreInterval) || compatibility.has(.scoreIntervalIsFixed)
      ? .seconds(job.scoreInterval) : .share(Self.automaticShare, longestSeconds: job.scoreInterval)
  }
}

extension MetricOptions {
  /// The last rank of H2O's hit ratios.
  private static let longestHitTable = 10

  /// The metrics that a job requests.
  package init(_ job: JobFile, _ compatibility: Compatibility) {
    self.init(compatibility.metrics)
    multinomialAUC = Self.average(job.aucType)
    gainsLiftGroups = job.gainsliftBins < 0 ? nil : job.gainsliftBins
    labelRule = LabelRule(job.labelThreshold)
    hitRanks = compatibility.has(.hitRatiosEndAtTen) ? Self.longestHitTable : job.maxHitRatioK
    custom = job.customMetricFunc.map { expression in
      CustomMetric(name: expression.text) { CustomMetricRows(parts: $0, width: $1).evaluate(expression) }
    }
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
}
