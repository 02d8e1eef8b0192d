internal import JobEvents
internal import JobFiles
internal import Metrics
internal import Models
internal import Reports
internal import Training

/// A model whose training has ended or pauses.
struct TrainedModel: Sendable {
  let request: ModelRequest
  let plan: TrainingPlan
  private(set) var model: Model
  private(set) var final: ScoringEvent
  /// The reason why training ended.
  let ending: String
  /// Whether training paused and can continue from its checkpoint.
  var isPaused = false
  /// The checkpoint from which a later job can continue; nil for the models of folds.
  let continuation: CheckpointFile?
  /// The held-out rows, encoded for a fold's model; nil without validation.
  private(set) var validationTable: ScoringTable?
  /// Metrics of the trivial model on the same tables.
  var baseline: Baseline
  /// The options with which its metrics are computed.
  let metricOptions: MetricOptions
  /// Warnings about settings and tables.
  let warnings: [String]
  /// The decision threshold; nil except for two classes, and before ``labelled(crossValidation:)``.
  private(set) var labelThreshold: LabelThreshold?

  /// - Parameters:
  ///   - request: The request of the model.
  ///   - plan: Its plan.
  ///   - final: The delivered network with its metrics.
  ///   - ending: The reason why training ended.
  ///   - continuation: The checkpoint from which a later job can continue, if there is one.
  ///   - warnings: Warnings about settings and tables.
  init(
    _ request: ModelRequest, _ plan: ModelPlan, final: ScoringEvent, ending: String, continuation: CheckpointFile?,
    warnings: [String]
  ) {
    var model = plan.model(final.state)
    if case .classification(let metrics) = final.leading, let binomial = metrics.binomial {
      model.defaultThreshold = binomial.defaultThreshold
    }
    self.init(
      request: request, plan: plan.training, model: model, final: final, ending: ending, continuation: continuation,
      validationTable: plan.validationTable, baseline: plan.baseline, metricOptions: plan.scoring.metricOptions,
      warnings: warnings)
  }

  init(
    request: ModelRequest, plan: TrainingPlan, model: Model, final: ScoringEvent, ending: String,
    continuation: CheckpointFile?, validationTable: ScoringTable?, baseline: Baseline, metricOptions: MetricOptions,
    warnings: [String]
  ) {
    self.request = request
    self.plan = plan
    self.model = model
    self.final = final
    self.ending = ending
    self.continuation = continuation
    self.validationTable = validationTable
    self.baseline = baseline
    self.metricOptions = metricOptions
    self.warnings = warnings
  }

  /// The model and its metrics without its validation table.
  var withoutTable: TrainedModel {
    var model = self
    model.validationTable = nil
    return model
  }

  /// Returns the model with its decision threshold, which also labels the rows of its tables.
  ///
  /// - `crossValidation`: The metrics of all held-out rows.
  func labelled(crossValidation: ModelMetrics? = nil) -> TrainedModel {
    let threshold = LabelThreshold.decide(
      final, crossValidation: crossValidation, rule: metricOptions.labelRule, thresholds: plan.rules.thresholds)
    guard let threshold else { return self }
    var result = self
    result.labelThreshold = threshold
    result.model.defaultThreshold = threshold.value
    if plan.rules.thresholds == .oneForAllTables { result.final = final.labelled(from: threshold.value) }
    return result
  }

  /// The content of the result folder.
  var content: ResultFolder.Content {
    var content = ResultFolder.Content(
      jobText: request.origin.jobText, job: request.trainedJob, plan: plan, modelName: request.name, model: model,
      final: final, baseline: baseline, ending: ending, checkpoint: continuation)
    content.labelThreshold = labelThreshold
    content.data = request.data
    content.warnings = warnings + request.instability.notes
    content.heldOut = request.heldOut.map { ($0.sentence, $0.stored) }
    return content
  }

  /// Returns a summary of the training for the events of the job.
  ///
  /// - `verdict`: A sentence that compares the model with the trivial one.
  func summary(verdict: String?) -> JobEvent.FinishSummary {
    JobEvent.FinishSummary(
      delivered: "\(final.network)", verdict: verdict, ending: ending, epochs: final.point.epochs,
      deliveredEpochs: final.network.epochs, seconds: final.point.elapsedSeconds,
      headline: .init(final.deciding), isValidation: final.isLedByValidation)
  }
}
