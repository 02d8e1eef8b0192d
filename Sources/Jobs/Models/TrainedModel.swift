internal import JobEvents
internal import JobFiles
internal import Metrics
internal import Models
internal import Reports
internal import Training

/// A model whose training has ended.
struct TrainedModel: Sendable {
  let request: ModelRequest
  let plan: TrainingPlan
  private(set) var model: Model
  private(set) var final: ScoringEvent
  /// Why training ended.
  let ending: String
  /// What training can go on with; nil for the models of folds.
  let continuation: CheckpointFile?
  /// The rows held out from a fold's model, encoded for it; nil without validation.
  private(set) var validationTable: ScoringTable?
  /// Metrics of the trivial model on the same tables.
  var baseline: Baseline
  /// How its metrics are computed.
  let metricOptions: MetricOptions
  /// What is to be said about the tables.
  let warnings: [String]
  /// Nil for anything but two classes, and before ``labelled(crossValidation:)``.
  private(set) var labelThreshold: LabelThreshold?

  /// The model alone, and what its training found out.
  var withoutTable: TrainedModel {
    var model = self
    model.validationTable = nil
    return model
  }

  /// The model with its decision threshold, by which its tables are labelled too.
  ///
  /// `crossValidation`: Metrics of all held-out rows.
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

  /// For the result folder.
  var content: ResultFolder.Content {
    var content = ResultFolder.Content(
      jobText: request.origin.jobText, job: request.trainedJob, plan: plan, modelName: request.name, model: model,
      final: final, baseline: baseline, ending: ending, checkpoint: continuation)
    content.labelThreshold = labelThreshold
    content.warnings = warnings + request.instability.notes
    content.heldOut = request.heldOut.map { ($0.sentence, $0.stored) }
    return content
  }

  /// How training ended, for the events of the job.
  ///
  /// - `verdict`: How the model compares with the trivial one.
  func summary(verdict: String?) -> JobEvent.FinishSummary {
    JobEvent.FinishSummary(
      delivered: "\(final.network)", verdict: verdict, ending: ending, epochs: final.point.epochs,
      seconds: final.point.elapsedSeconds,
      headline: .init(final.deciding), isValidation: final.validation != nil)
  }
}
