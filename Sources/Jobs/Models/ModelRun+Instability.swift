internal import DeepLearning
internal import DurableFiles
internal import JobFiles
internal import Training

extension ModelRun {
  /// Trains until the model is finished, or `control` asks for an end.
  ///
  /// Training that becomes unstable goes back to its last checkpoint with gentler settings, a few times. If it comes to
  /// nothing from there, and always where the same job must give the same model, it begins again with the first weights:
  /// when checkpoints are written depends on the clock.
  func train() async throws -> RunOutcome<TrainedModel> {
    var run = self
    run.request.instability = Instability.read(request, context.fileSystem)
    while true {
      do {
        return try await run.trainOnce()
      } catch let error as UnstableTraining {
        guard run.request.instability.count < request.job.unstableRetriesInForce else {
          try Instability.forget(request, context.fileSystem)
          throw error
        }
        run.request.instability = try await run.goBack(after: error)
      }
    }
  }

  private func goBack(after error: UnstableTraining) async throws -> Instability {
    let (request, fileSystem) = (request, context.fileSystem)
    let instability = try await BlockingWork.run {
      var instability = request.instability
      let path = "\(request.workFolder)/\(CheckpointFile.path)"
      let preparation = try ModelPreparation.prepare(request, fileSystem: fileSystem)
      let (options, start) = (preparation.plan.options, preparation.start)
      let isUsable =
        start.state.unstableLayer(rule: options.rule, samples: start.progress.samples, rules: options.rules) == nil
      let samples = isUsable ? start.progress.samples : 0
      let isUsed = samples > 0 && samples != instability.samples && !preparation.plan.isReproducible
      if !isUsed { try fileSystem.remove(path) }
      instability.note(error, samples: isUsed ? samples : 0, job: request.job)
      try instability.write(request, fileSystem)
      return instability
    }
    if let note = instability.notes.last { context.onEvent(.warning(note)) }
    return instability
  }
}
