internal import DeepLearning
internal import Documents
internal import DurableFiles
internal import Planning
internal import Training

/// A model with its plan made and its starting point found: ready to train.
struct ModelPreparation: Sendable {
  let plan: ModelPlan
  let start: Start
  let warnings: [String]

  /// Where training begins.
  struct Start: Sendable {
    enum Origin: Sendable {
      /// First weights.
      case fresh
      /// An interrupted run of the same job.
      case interrupted
      /// An earlier job, whose training is continued.
      case continued
      /// Training has ended, for this reason.
      case ended(String)
    }

    let state: NetworkState
    var progress: TrainingProgress
    let record: ScoringRecord
    let origin: Origin
    /// Which network the state is, if training has ended.
    var network: DeliveredNetwork?
  }

  /// Makes the plan and looks for a checkpoint.
  static func prepare(_ request: ModelRequest, fileSystem: FileSystem) throws -> ModelPreparation {
    let (plan, sentences) = try ModelPlanner(request.trainedJob, request.compatibility).plan(
      request.training, validation: request.validation, seed: request.seed, threads: request.threads,
      basis: EarlierModel.encodingToContinue(request, fileSystem: fileSystem))
    var warnings = (request.heldOut?.warnings ?? []) + plan.training.warnings + GivenWeights.warnings(request.job)
    warnings += [request.settings.bestModelWarning].compactMap { $0 } + sentences
    var start = try StartingPoint(request, plan: plan, fileSystem: fileSystem).find()
    if plan.training.schedule.isSequential {
      let rows = RowSequence(plan.rows, plan: plan.training).identity
      let (progress, hasOtherRows) = start.progress.continued(on: rows)
      start.progress = progress
      if hasOtherRows {
        warnings.append(
          "the training table has other usable rows than the one before; training goes on with a new permutation of them"
        )
      }
    }
    return ModelPreparation(plan: plan, start: start, warnings: warnings)
  }
}
