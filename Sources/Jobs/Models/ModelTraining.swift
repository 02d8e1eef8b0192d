internal import DeepLearning
internal import JobEvents
internal import JobFiles
internal import Metrics
internal import Models
internal import Reports
internal import Training
internal import Wording

/// One training of a model: creates trainer and scorer, and handles their events.
final class ModelTraining: Sendable {
  private let request: ModelRequest
  private let context: RunContext
  private let preparation: ModelRun.Preparation
  private let checkpoints: CheckpointWriter
  private let pages: LivePages

  init(_ request: ModelRequest, _ preparation: ModelRun.Preparation, _ context: RunContext) {
    self.request = request
    self.preparation = preparation
    self.context = context
    checkpoints = CheckpointWriter(request, preparation.plan, context)
    pages = LivePages(request, context)
  }

  private var plan: ModelPlan { preparation.plan }
  private var start: StartingPoint { preparation.start }

  /// Trains until the model is finished, the control requests an end, or training becomes unstable.
  func run() async throws -> RunOutcome<TrainedModel> {
    announce()
    let scorer = makeScorer()
    if case .continued = start.origin, plan.training.rules.continuation == .last {
      await scorer.judgeBestAnew(at: plan.point(start.progress, isLast: false))
    }
    if case .ended(let ending) = start.origin {
      let point = plan.point(start.progress, isLast: true)
      let final = await scorer.measureAgain(start.state, at: point, network: start.network ?? .last(point))
      return .trained(trained(final, ending: ending, start: start))
    }
    let trainer = try TrainingActor(
      name: "deepspool.training.\(request.name)", plan, state: start.state, progress: start.progress,
      ranks: request.ranksOfCopies(plan), control: context.control, clock: Clocks.ofTraining,
      checkpoints: checkpoints.clock, limits: request.limits)
    context.control.allowFinish()
    context.control.beginTraining()
    defer { context.control.endTraining() }
    do {
      let outcome = try await train(trainer, scorer)
      await pages.finish()
      return outcome
    } catch {
      await scorer.close()
      await pages.finish()
      throw error
    }
  }

  private func train(_ trainer: TrainingActor, _ scorer: ScoringActor) async throws -> RunOutcome<TrainedModel> {
    while true {
      switch try await trainer.train(scoredBy: scorer) {
      case .checkpointDue(let state, let progress):
        // A scoring in progress belongs in the record; the checkpoint stays due.
        guard let record = await scorer.settledRecord else { continue }
        try await checkpoints.write(.init(state: state, progress: progress, record: record, origin: .interrupted))
      case .cancelled:
        await scorer.close()
        return .cancelled
      case .suspended(let state, let progress):
        await suspend(scorer, state: state, progress: progress)
        return .suspended
      case .paused(let state, let progress, let standing):
        // A standing judgement has waited for every scoring, so there is a record.
        guard let record = await scorer.settledRecord else { continue }
        return .trained(
          try await pause(
            StartingPoint(
              state: state, progress: progress, record: record, origin: .interrupted), standing))
      case .finished(let state, let progress, let reason):
        return .trained(try await finish(scorer, state: state, progress: progress, reason: reason))
      }
    }
  }

  private func suspend(_ scorer: ScoringActor, state: NetworkState, progress: TrainingProgress) async {
    try? await scorer.waitForPending()
    // There is no record if the network looks unstable; a checkpoint of it would be useless.
    guard let record = await scorer.settledRecord else { return }
    do {
      try await checkpoints.write(.init(state: state, progress: progress, record: record, origin: .interrupted))
    } catch {
      context.onEvent(.warning("cannot write a checkpoint, the job will resume from an earlier one: \(error)"))
    }
  }

  /// Writes the checkpoint from which the training continues, and returns the model that it would deliver now.
  private func pause(_ start: StartingPoint, _ standing: ScoringEvent) async throws -> TrainedModel {
    try await checkpoints.write(start)
    let epochs = plan.training.course.schedule.epochs(samples: start.progress.samples)
    let text = NumberText.shortest((epochs * 100).rounded() / 100) + (epochs == 1 ? " epoch" : " epochs")
    var model = trained(standing, ending: "stopped by the search after \(text)", start: start)
    model.isPaused = true
    return model
  }

  private func finish(
    _ scorer: ScoringActor, state: NetworkState, progress: TrainingProgress, reason: TrainingOutcome.Reason
  ) async throws -> TrainedModel {
    let rules = plan.training.rules
    let prefersBest = !(reason == .outOfTime && rules.outOfTime == .lastNetwork)
    let final = try await scorer.finish(
      state, at: plan.point(progress, isLast: true), prefersBest: prefersBest)
    let ending = reason == .stoppedEarly ? final.stops?.description ?? reason.rawValue : reason.rawValue
    // A later job continues from the last network, or from the best one (with elastic averaging,
    // from its consensus).
    let goesOnFromBest = rules.continuation == .best
    var progress = progress
    if goesOnFromBest { progress.trainedMissingUnits = final.point.trainedMissingUnits }
    let start = StartingPoint(
      state: goesOnFromBest ? final.state.published : state, progress: progress,
      record: goesOnFromBest ? final.record : await scorer.recordOfLastModel ?? final.record, origin: .ended(ending),
      network: final.network)
    if request.keepsFinishedState {
      try await checkpoints.write(
        .init(
          state: final.state, progress: progress, record: final.record, origin: .ended(ending), network: final.network))
    }
    return trained(final, ending: ending, start: start)
  }

  private func trained(_ final: ScoringEvent, ending: String, start: StartingPoint) -> TrainedModel {
    TrainedModel(
      request, plan, final: final, ending: ending,
      continuation: request.keepsFinishedState ? nil : checkpoints.file(start), warnings: preparation.warnings)
  }

  private func announce() {
    let training = plan.training
    context.onEvent(
      .planned(
        .init(
          rowCount: training.course.schedule.rowCount, validationRowCount: plan.validationTable?.rowCount,
          units: training.topology.units, parameterCount: training.topology.parameterCount,
          epochs: training.course.schedule.epochs, seed: training.options.seed)))
    for warning in preparation.warnings { context.onEvent(.warning(warning)) }
    func resumed(after cause: Resumption) {
      let samples = start.progress.samples
      context.onEvent(
        .resumed(samples: samples, epochs: training.course.schedule.epochs(samples: samples), after: cause))
    }
    switch start.origin {
    case .fresh: break
    case .interrupted, .ended: resumed(after: .interruption)
    case .continued: resumed(after: .earlierModel)
    }
  }

  /// Creates the scorer; each of its events is reported, shown on the live page, and followed by a
  /// checkpoint if one is due.
  private func makeScorer() -> ScoringActor {
    ScoringActor(plan, record: start.record, clock: Clocks.ofTraining, heartbeat: context.control.beat) { event in
      self.report(event)
      self.pages.note(event, self.preparation)
      try await self.checkpoints.note(event, rowSet: self.start.progress.rowSet)
    }
  }

  /// The time limit of the training: its own, or that of a job without other models; nil for none.
  private var maximumSeconds: Double? {
    let job = request.origin.job
    let isAlone = !job.isGrid && !job.isCrossValidated
    let ofJob = isAlone && job.maxJobRuntimeSecs > 0 ? job.maxJobRuntimeSecs : nil
    return [plan.training.course.maximumRuntimeSeconds, ofJob].compactMap { $0 }.min()
  }

  private func report(_ event: ScoringEvent) {
    context.onEvent(
      .scored(
        .init(
          epochs: event.point.epochs, totalEpochs: plan.training.course.schedule.epochs, samples: event.point.samples,
          samplesPerSecond: event.record.history.last?.samplesPerSecond ?? 0, headline: .init(event.deciding),
          isValidation: event.isLedByValidation,
          timeFraction: maximumSeconds.map { min(1, event.point.elapsedSeconds / $0) })))
  }
}
