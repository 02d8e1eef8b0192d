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
      do {
        let preparation = try await BlockingWork.run {
          try ModelPreparation.prepare(attempted, fileSystem: fileSystem)
        }
        return try await ModelTraining(attempted, preparation, context).run()
      } catch let error as UnstableTraining {
        guard attempted.instability.count < attempted.settings.unstableRetries else {
          try Instability.forget(attempted, fileSystem)
          throw error
        }
        request.instability = try await goBack(attempted, after: error)
      }
    }
  }

  private func goBack(_ request: ModelRequest, after error: UnstableTraining) async throws -> Instability {
    let fileSystem = context.fileSystem
    let instability = try await BlockingWork.run {
      var instability = request.instability
      let path = "\(request.workFolder)/\(JobFolderLayout.checkpointFile)"
      let preparation = try ModelPreparation.prepare(request, fileSystem: fileSystem)
      let (plan, start) = (preparation.plan.training, preparation.start)
      let isUsable = plan.unstableLayer(start.state, samples: start.progress.samples) == nil
      let samples = isUsable ? start.progress.samples : 0
      let isUsed = samples > 0 && samples != instability.samples && !plan.isReproducible
      if !isUsed { try fileSystem.remove(path) }
      instability.note(error, samples: isUsed ? samples : 0, request)
      try instability.write(request, fileSystem)
      return instability
    }
    if let note = instability.notes.last { context.onEvent(.warning(note)) }
    return instability
  }
}
