internal import DeepLearning
internal import Documents
internal import DurableFiles
internal import Planning
internal import Training

/// A model ready to train, with its plan and its starting point.
struct ModelPreparation: Sendable {
  let plan: ModelPlan
  let start: Start
  let warnings: [String]

  /// The point at which training starts.
  struct Start: Sendable {
    enum Origin: Sendable {
      /// New initial weights.
      case fresh
      /// The checkpoint of an interrupted run of the same job.
      case interrupted
      /// An earlier job, whose training continues.
      case continued
      /// A training that has ended, with its reason.
      case ended(String)
    }

    let state: NetworkState
    var progress: TrainingProgress
    let record: ScoringRecord
    let origin: Origin
    /// The network that ``state`` is, if training has ended.
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
          "the usable rows of the training table have changed; training continues with a new permutation of them")
      }
    }
    return ModelPreparation(plan: plan, start: start, warnings: warnings)
  }
}
