internal import DeepLearning
internal import DurableFiles
internal import JobEvents
internal import Planning
internal import Training

/// Trains one model, several times if need be.
struct ModelRun: Sendable {
  private let request: ModelRequest
  private let context: RunContext

  init(_ request: ModelRequest, _ context: RunContext) {
    self.request = request
    self.context = context
  }

  /// Trains until the model is finished, or the control asks for an end.
  ///
  /// Training that becomes unstable goes back to its last checkpoint with gentler settings, a few times. If it comes to
  /// nothing from there, and always where the same job must give the same model, it begins again with the first weights:
  /// when checkpoints are written depends on the clock.
  func train() async throws -> RunOutcome<TrainedModel> {
    let fileSystem = context.fileSystem
    var request = request
    request.instability = Instability.read(request, fileSystem)
    while true {
      let attempted = request
      let preparation = try await BlockingWork.run { try ModelPreparation.prepare(attempted, fileSystem: fileSystem) }
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

  /// Forgets a checkpoint that cannot be gone on from, and notes what the next attempt changes.
  private func goBack(
    _ request: ModelRequest, _ plan: ModelPlan, after error: UnstableTraining
  ) async throws -> Instability {
    let fileSystem = context.fileSystem
    let instability = try await BlockingWork.run {
      var instability = request.instability
      let path = "\(request.workFolder)/\(JobFolderLayout.checkpointFile)"
      let start = try StartingPoint(request, plan: plan, fileSystem: fileSystem).find()
      let isUsable = plan.training.unstableLayer(start.state) == nil
      let samples = isUsable ? start.progress.samples : 0
      let isUsed = samples > 0 && samples != instability.samples && !plan.training.isReproducible
      if !isUsed { try fileSystem.remove(path) }
      instability.note(error, samples: isUsed ? samples : 0, request)
      try instability.write(request, fileSystem)
      return instability
    }
    if let note = instability.notes.last { context.onEvent(.warning(note)) }
    return instability
  }
}
