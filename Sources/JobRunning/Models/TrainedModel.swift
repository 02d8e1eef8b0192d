internal import Artifacts
internal import JobFiles
internal import Metrics
internal import Scoring
internal import Training

/// A model whose training has ended.
struct TrainedModel: Sendable {
  let request: ModelRequest
  let plan: TrainingPlan
  let model: Model
  let final: ScoringEvent
  /// Why training ended.
  let ending: String
  /// What training can go on with; nil for the models of folds.
  let continuation: CheckpointFile?
  /// The rows held out from a fold's model, encoded for it; nil without validation.
  private(set) var validationTable: ScoringTable?
  let scoringPlan: ScoringPlan
  /// What is to be said about the tables.
  let warnings: [String]

  /// The model alone, and what its training found out.
  var withoutTable: TrainedModel {
    var model = self
    model.validationTable = nil
    return model
  }

  /// For the result folder.
  var content: ResultFolder.Content {
    var content = ResultFolder.Content(
      jobText: request.origin.jobText, job: request.trainedJob, plan: plan, modelName: request.name, model: model,
      final: final, ending: ending, checkpoint: continuation)
    content.warnings = warnings + request.instability.notes
    content.heldOut = request.heldOut.map { ($0.sentence, $0.stored) }
    return content
  }

  var summary: JobEvent.FinishSummary {
    JobEvent.FinishSummary(
      ending: ending, epochs: final.point.epochs, seconds: final.point.elapsedSeconds,
      headline: final.leading.headline, isValidation: final.validation != nil)
  }
}
