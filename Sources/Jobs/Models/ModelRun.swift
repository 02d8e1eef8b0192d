internal import DeepLearning
internal import Documents
internal import DurableFiles
internal import JobEvents
internal import JobFiles
internal import Planning
internal import Training

/// Trains one model, with retries if training becomes unstable.
struct ModelRun: Sendable {
  /// A model ready to train.
  struct Preparation: Sendable {
    let plan: ModelPlan
    let start: StartingPoint
    let warnings: [String]
  }

  private let request: ModelRequest
  private let context: RunContext

  init(_ request: ModelRequest, _ context: RunContext) {
    self.request = request
    self.context = context
  }

  /// Trains until the model is finished or the control requests an end.
  ///
  /// A training that becomes unstable returns to its last checkpoint with smaller steps, a limited
  /// number of times. If it becomes unstable from the same checkpoint again, it restarts from the
  /// initial weights. Reproducible trainings always restart, because the times of checkpoints
  /// depend on the clock.
  func train() async throws -> RunOutcome<TrainedModel> {
    let fileSystem = context.fileSystem
    var request = request
    request.instability = Instability.read(request, fileSystem)
    while true {
      let attempted = request
      let preparation = try await BlockingWork.run { try Self.prepare(attempted, fileSystem) }
      do {
        return try await ModelTraining(attempted, preparation, context).run()
      } catch let error as UnstableTraining {
        guard attempted.instability.count < attempted.settings.unstableRetries else {
          try Instability.forget(attempted, fileSystem)
          throw error
        }
        request.instability = try await goBack(attempted, preparation.plan, after: error)
      }
    }
  }

  /// Makes the plan and looks for a checkpoint.
  private static func prepare(_ request: ModelRequest, _ fileSystem: FileSystem) throws -> Preparation {
    let earlier = try EarlierModel.encodingToContinue(request, fileSystem: fileSystem)
    let (plan, sentences) = try ModelPlanner(request.trainedJob, request.compatibility).plan(
      request.training, validation: request.validation, seed: request.seed, threads: request.threads,
      basis: earlier?.encoding, samples: earlier?.samples ?? 0)
    try refuseIdleRanks(request, plan)
    var warnings = (request.heldOut?.warnings ?? []) + plan.training.notes.warnings + GivenWeights.warnings(request.job)
    warnings += [request.settings.bestModelWarning].compactMap { $0 } + sentences
    var start = try StartingPoint.find(request, plan, fileSystem)
    if plan.training.course.schedule.isSequential {
      let rows = RowSequence(plan.rows, plan: plan.training).identity
      let (progress, hasOtherRows) = start.progress.continued(on: rows)
      start.progress = progress
      if hasOtherRows {
        warnings.append(
          "the usable rows of the training table have changed; training continues with a new permutation of them")
      }
    }
    return Preparation(plan: plan, start: start, warnings: warnings)
  }

  /// Rejects a model that has fewer copies than there are processes to train them.
  private static func refuseIdleRanks(_ request: ModelRequest, _ plan: ModelPlan) throws(TrainingError) {
    let (shards, ranks) = (plan.training.course.shards.count, request.origin.limits.ranks)
    guard !ranks.isAlone, shards < ranks.count else { return }
    throw .unfit([
      request.job.fault(
        \.trainingShards,
        "is \(shards) for this model, but each of the \(ranks.count) ranks trains at least one copy; use fewer ranks, or "
          + "remove the settings that allow one copy only (mini_batch_size, optimizer, elastic_averaging, sparsity_beta)"
      )
    ])
  }

  /// Removes a checkpoint from which training cannot continue, and records the changes for
  /// the next attempt.
  private func goBack(
    _ request: ModelRequest, _ plan: ModelPlan, after error: UnstableTraining
  ) async throws -> Instability {
    let fileSystem = context.fileSystem
    let instability = try await BlockingWork.run {
      var instability = request.instability
      let path = "\(request.workFolder)/\(JobFolderLayout.checkpointFile)"
      let start = try StartingPoint.find(request, plan, fileSystem)
      let isUsable = plan.training.unstableLayer(start.state) == nil
      let samples = isUsable ? start.progress.samples : 0
      let isUsed = samples > 0 && samples != instability.samples && !plan.training.course.isReproducible
      if !isUsed { try fileSystem.remove(path) }
      instability.note(error, samples: isUsed ? samples : 0, request)
      try instability.write(request, fileSystem)
      return instability
    }
    if let note = instability.notes.last { context.onEvent(.warning(note)) }
    return instability
  }
}
