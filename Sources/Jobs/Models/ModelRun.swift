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
  ///
  /// With a pool of ranks, the model waits for a place on one of them.
  func train() async throws -> RunOutcome<TrainedModel> {
    guard request.isSpread, let pool = context.pool else {
      return try await train { try await Self.attempt($0, self.context) }
    }
    let (request, context) = (request, context)
    let onlyHere = try await BlockingWork.run {
      !RankTask.canSend(request) || context.store.checkpoint(request).map(CheckpointFile.hasEnded) == true
    }
    let place = await pool.take(threads: request.threads, onlyHere: onlyHere)
    defer { pool.giveBack(place) }
    switch context.control.stopRequest {
    case .cancel: return .cancelled
    case .suspend: return .suspended
    case .none, .finish: break
    }
    return try await train { request in
      place.rank == 0
        ? try await Self.attempt(request, context) : try await RankedTraining(request, context, pool, place).run()
    }
  }

  private func train(
    _ attempt: (ModelRequest) async throws -> RunOutcome<TrainedModel>
  ) async throws -> RunOutcome<TrainedModel> {
    var request = request
    request.instability = Instability.read(request, context.fileSystem)
    while true {
      do {
        return try await attempt(request)
      } catch let error as UnstableTraining {
        guard request.instability.count < request.settings.unstableRetries else {
          try Instability.forget(request, context.fileSystem)
          throw error
        }
        request.instability = try await goBack(request, after: error)
      }
    }
  }

  /// Trains once in this process, until the model is finished or becomes unstable.
  static func attempt(_ request: ModelRequest, _ context: RunContext) async throws -> RunOutcome<TrainedModel> {
    let preparation = try await BlockingWork.run { try prepare(request, context) }
    return try await ModelTraining(request, preparation, context).run()
  }

  /// Makes the plan; returns it with warnings about settings and tables.
  static func plan(_ request: ModelRequest, _ fileSystem: FileSystem) throws -> (plan: ModelPlan, warnings: [String]) {
    let earlier = try EarlierModel.encodingToContinue(request, fileSystem: fileSystem)
    let (plan, sentences) = try ModelPlanner(request.trainedJob, request.compatibility).plan(
      request.training, validation: request.validation, seed: request.seed, threads: request.threads,
      basis: earlier?.encoding, samples: earlier?.samples ?? 0,
      ranks: request.isSpread ? 1 : request.origin.limits.ranks.count)
    try refuseIdleRanks(request, plan)
    let warnings = (request.heldOut?.warnings ?? []) + plan.training.notes.warnings + GivenWeights.warnings(request.job)
    return (plan, warnings + [request.settings.bestModelWarning].compactMap { $0 } + sentences)
  }

  /// Makes the plan and looks for a checkpoint.
  private static func prepare(_ request: ModelRequest, _ context: RunContext) throws -> Preparation {
    let (plan, sentences) = try Self.plan(request, context.fileSystem)
    var warnings = sentences
    var start = try StartingPoint.find(request, plan, context)
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
    let (shards, ranks) = (plan.training.course.shards.count, request.origin.ranks)
    guard !ranks.isAlone, !request.isSpread, !request.job.spreadsModels, shards < ranks.count else { return }
    throw .unfit([
      request.job.fault(
        \.trainingShards,
        "is \(shards) for this model, but each of the \(ranks.count) ranks trains at least one copy; use fewer ranks, or "
          + "remove the settings that allow one copy only (compatibility, sparsity_beta)"
      )
    ])
  }

  /// Returns the number of rows after which an unstable training can continue; 0 if it restarts.
  private static func usableSamples(_ request: ModelRequest, _ context: RunContext) throws -> Int {
    // Only the plan tells whether a checkpoint fits, but it encodes all rows, which another rank may have done.
    guard !request.compatibility.isReproducible(request.job),
      request.job.checkpoint != nil || context.store.checkpoint(request) != nil
    else { return 0 }
    let plan = try plan(request, context.fileSystem).plan
    let start = try StartingPoint.find(request, plan, context)
    return plan.training.unstableLayer(start.state) == nil ? start.progress.samples : 0
  }

  /// Removes a checkpoint from which training cannot continue, and records the changes for
  /// the next attempt.
  private func goBack(_ request: ModelRequest, after error: UnstableTraining) async throws -> Instability {
    let context = context
    let instability = try await BlockingWork.run {
      let fileSystem = context.fileSystem
      var instability = request.instability
      let path = "\(request.workFolder)/\(JobFolderLayout.checkpointFile)"
      let samples = try Self.usableSamples(request, context)
      let isUsed = samples > 0 && samples != instability.samples
      if !isUsed { try fileSystem.remove(path) }
      instability.note(error, samples: isUsed ? samples : 0, request)
      try instability.write(request, fileSystem)
      return instability
    }
    if let note = instability.notes.last { context.onEvent(.warning(note)) }
    return instability
  }
}
