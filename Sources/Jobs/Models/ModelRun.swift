internal import DeepLearning
internal import DurableFiles
internal import JobFiles
internal import Metrics
internal import Models
internal import Reports
internal import Training

/// Trains one model: builds the trainer and the scorer and joins them.
struct ModelRun: Sendable {
  var request: ModelRequest
  let context: RunContext
  private let checkpointPause: ScoringPause
  private let checkpointClock: CheckpointClock
  private let pagePause: ScoringPause
  private let pages = LivePageTask()

  init(_ request: ModelRequest, _ context: RunContext) {
    self.request = request
    self.context = context
    let now = Clocks.monotonicSeconds()
    // A model that is trained within the pause needs no checkpoint, but pages of grids link to its page.
    checkpointPause = ScoringPause(since: now)
    pagePause = ScoringPause(since: nil)
    checkpointClock = CheckpointClock(intervalSeconds: request.job.checkpointInterval, now: now)
  }

  /// Trains until the model is finished, `control` asks for an end, or training becomes unstable.
  func trainOnce() async throws -> RunOutcome<TrainedModel> {
    let (request, fileSystem) = (request, context.fileSystem)
    let preparation = try await BlockingWork.run { try ModelPreparation.prepare(request, fileSystem: fileSystem) }
    announce(preparation)
    let scorer = makeScorer(preparation)
    if case .continued = preparation.start.origin,
      !preparation.plan.quirks.contains(.trainingContinuesFromBestModel)
    {
      await scorer.judgeBestAnew(at: Self.point(preparation.start.progress, plan: preparation.plan, isLast: false))
    }
    if case .ended(let ending) = preparation.start.origin {
      let start = preparation.start
      let point = Self.point(start.progress, plan: preparation.plan, isLast: true)
      let final = await scorer.measureAgain(start.state, at: point, network: start.network ?? .last(point))
      return .trained(trained(preparation, final: final, ending: ending, start: start))
    }
    let trainer = TrainingActor(
      name: "deepspool.training.\(request.name)", plan: preparation.plan, rows: preparation.rows,
      state: preparation.start.state, progress: preparation.start.progress,
      threads: request.threads, control: context.control, secondsNow: Clocks.monotonicSeconds)
    context.control.allowFinish()
    context.control.beginTraining()
    defer { context.control.endTraining() }
    do {
      let outcome = try await end(trainer.train(hooks(preparation, scorer: scorer)), preparation, scorer: scorer)
      await pages.finish()
      return outcome
    } catch {
      await scorer.close()
      await pages.finish()
      throw error
    }
  }

  private func end(
    _ outcome: TrainingOutcome, _ preparation: ModelPreparation, scorer: ScoringActor
  ) async throws -> RunOutcome<TrainedModel> {
    switch outcome {
    case .cancelled:
      await scorer.close()
      return .cancelled
    case .suspended(let state, let progress):
      try? await scorer.waitForPending()
      // A network that looks as if it had run away is not worth going on from.
      guard let record = await scorer.settledRecord else { return .suspended }
      do {
        try await write(checkpoint(preparation, state: state, progress: progress, record: record))
      } catch {
        context.onEvent(.warning("no checkpoint could be left (\(error)); the job goes on from an earlier one"))
      }
      return .suspended
    case .finished(let state, let progress, let reason):
      return .trained(try await finish(preparation, scorer, state: state, progress: progress, reason: reason))
    }
  }

  private func finish(
    _ preparation: ModelPreparation, _ scorer: ScoringActor, state: NetworkState, progress: TrainingProgress,
    reason: TrainingOutcome.Reason
  ) async throws -> TrainedModel {
    let plan = preparation.plan
    let prefersBest = !(reason == .outOfTime && plan.quirks.contains(.timeLimitKeepsLastModel))
    let final = try await scorer.finish(
      state, at: Self.point(progress, plan: plan, isLast: true), prefersBest: prefersBest)
    let ending = reason == .stoppedEarly ? final.stops?.description ?? reason.rawValue : reason.rawValue
    // Training goes on from where it stopped; H2O goes on from the best model, of elastic averaging from the consensus.
    let goesOnFromBest = plan.quirks.contains(.trainingContinuesFromBestModel)
    var progress = progress
    if goesOnFromBest { progress.trainedMissingUnits = final.point.trainedMissingUnits }
    let start = ModelPreparation.Start(
      state: goesOnFromBest ? final.state.published : state, progress: progress,
      record: goesOnFromBest ? final.record : await scorer.recordOfLastModel ?? final.record, origin: .ended(ending),
      network: final.network)
    let model = trained(preparation, final: final, ending: ending, start: start)
    if request.keepsFinishedState {
      try await write(
        checkpoint(
          preparation, state: final.state, progress: progress, record: final.record, ending: ending,
          network: final.network))
    }
    return model
  }

  private func trained(
    _ preparation: ModelPreparation, final: ScoringEvent, ending: String, start: ModelPreparation.Start
  ) -> TrainedModel {
    var model = preparation.template
    model.state = final.state.published
    if case .classification(let metrics) = final.leading, let binomial = metrics.binomial {
      model.defaultThreshold = binomial.defaultThreshold
    }
    return TrainedModel(
      request: request, plan: preparation.plan, model: model, final: final, ending: ending,
      continuation: request.keepsFinishedState
        ? nil
        : checkpoint(
          preparation, state: start.state, progress: start.progress, record: start.record, ending: ending,
          network: start.network),
      validationTable: preparation.validationTable, baseline: preparation.baseline,
      scoringPlan: preparation.scoringPlan, warnings: preparation.warnings)
  }

  private func announce(_ preparation: ModelPreparation) {
    let plan = preparation.plan
    context.onEvent(
      .planned(
        .init(
          rowCount: plan.schedule.rowCount, validationRowCount: preparation.validationTable?.rowCount,
          units: plan.topology.units, parameterCount: plan.topology.parameterCount, epochs: plan.schedule.epochs,
          seed: plan.options.seed)))
    for warning in preparation.warnings { context.onEvent(.warning(warning)) }
    let samples = preparation.start.progress.samples
    switch preparation.start.origin {
    case .fresh: break
    case .interrupted, .continued, .ended:
      context.onEvent(.resumed(samples: samples, epochs: plan.schedule.epochs(samples: samples)))
    }
  }

  /// The scorer; each of its events is reported and leaves a checkpoint.
  private func makeScorer(_ preparation: ModelPreparation) -> ScoringActor {
    ScoringActor(
      plan: preparation.scoringPlan, template: preparation.template, rule: preparation.plan.options.rule,
      untrained: {
        let plan = preparation.plan
        return plan.initialWeights.network(plan.topology, isClassifier: plan.isClassifier, rule: plan.options.rule)
      }, trivial: preparation.baseline.training, training: preparation.trainingTable,
      validation: preparation.validationTable, candidates: preparation.candidates,
      record: preparation.start.record,
      secondsNow: Clocks.monotonicSeconds, wallSeconds: Clocks.wallSeconds,
      heartbeat: context.control.beat
    ) { event in
      report(event, plan: preparation.plan)
      writeLivePage(event, preparation)
      guard !event.point.isLast, !event.isSuspicious, checkpointPause.isDue(now: Clocks.monotonicSeconds()) else {
        return
      }
      try await write(
        checkpoint(
          preparation, state: event.state, progress: Self.progress(at: event.point, of: preparation),
          record: event.record))
    }
  }

  /// The report of the model as it is, for a look while it trains; a page that cannot be written disturbs nothing.
  private func writeLivePage(_ event: ScoringEvent, _ preparation: ModelPreparation) {
    guard !event.point.isLast, pagePause.isDue(now: Clocks.monotonicSeconds()) else { return }
    var model = preparation.template
    model.state = event.state.published
    var content = ReportContent(
      title: request.name, job: request.trainedJob, plan: preparation.plan, model: model, event: event,
      progress: .running,
      provenance: request.provenance)
    content.warnings = preparation.warnings + request.instability.notes
    content.baseline = preparation.baseline
    let page = content
    let live = LivePage(request, context.fileSystem)
    pages.start { await live.write { try ModelReport(page).html() } }
  }

  private func report(_ event: ScoringEvent, plan: TrainingPlan) {
    context.onEvent(
      .scored(
        .init(
          epochs: event.point.epochs, totalEpochs: plan.schedule.epochs, samples: event.point.samples,
          samplesPerSecond: event.record.history.last?.samplesPerSecond ?? 0, headline: event.deciding,
          isValidation: event.validation != nil)))
  }

  private func hooks(_ preparation: ModelPreparation, scorer: ScoringActor) -> TrainingHooks {
    let plan = preparation.plan
    return TrainingHooks(
      afterIteration: { progress, isLast in
        switch await scorer.answer(at: Self.point(progress, plan: plan, isLast: isLast)) {
        case .goOn: .goOn
        case .score: .handSnapshot
        case .remember: .leaveSnapshot
        case .stop: .stop
        }
      },
      takeSnapshot: { progress, state in
        let isLast = plan.schedule.isDone(samples: progress.samples)
        let taken = try await scorer.take(state, at: Self.point(progress, plan: plan, isLast: isLast))
        return (taken.cause == nil ? .goOn : .stop, taken.changedState)
      },
      leaveSnapshot: { progress, state in
        await scorer.remember(state, at: Self.point(progress, plan: plan, isLast: false))
      },
      isCheckpointDue: { checkpointClock.isDue(now: Clocks.monotonicSeconds()) },
      leaveCheckpoint: { progress, state in
        // What is being scored now belongs into the record; the next slice asks again.
        guard let record = await scorer.settledRecord else { return }
        try await write(checkpoint(preparation, state: state, progress: progress, record: record))
      })
  }

  private static func point(_ progress: TrainingProgress, plan: TrainingPlan, isLast: Bool) -> ScoringPoint {
    ScoringPoint(
      iteration: progress.iteration, samples: progress.samples,
      epochs: plan.schedule.epochs(samples: progress.samples), elapsedSeconds: progress.elapsedSeconds,
      fraction: fraction(progress, plan: plan), position: progress.position,
      trainedMissingUnits: progress.trainedMissingUnits, isLast: isLast)
  }

  /// Share of the training that is done: of its epochs or, if that is more, of its time.
  private static func fraction(_ progress: TrainingProgress, plan: TrainingPlan) -> Double {
    let ofTime = plan.maximumRuntimeSeconds.map { min(1, progress.elapsedSeconds / $0) } ?? 0
    return max(plan.schedule.fraction(samples: progress.samples), ofTime)
  }

  /// How far training was when a point was scored, the other way round.
  private static func progress(at point: ScoringPoint, of preparation: ModelPreparation) -> TrainingProgress {
    var progress = TrainingProgress()
    progress.position = point.position
    progress.rowSet = preparation.start.progress.rowSet
    progress.isAtStart = false
    progress.iteration = point.iteration
    progress.samples = point.samples
    progress.samplesBeforeIteration = point.samples
    progress.elapsedSeconds = point.elapsedSeconds
    progress.trainedMissingUnits = point.trainedMissingUnits
    return progress
  }

  private func checkpoint(
    _ preparation: ModelPreparation, state: NetworkState, progress: TrainingProgress, record: ScoringRecord,
    ending: String? = nil, network: DeliveredNetwork? = nil
  ) -> CheckpointFile {
    CheckpointFile(
      state: state, progress: progress, record: record, seed: preparation.plan.options.seed,
      fingerprint: request.fingerprint(of: preparation.plan.encoding), ending: ending,
      network: network)
  }

  private func write(_ file: CheckpointFile) async throws {
    let (request, fileSystem) = (request, context.fileSystem)
    let path = "\(request.workFolder)/\(CheckpointFile.path)"
    try await BlockingWork.run {
      try fileSystem.makeFolder(Paths.folder(of: path))
      try fileSystem.write(file.bytes(), to: path)
      try JobProgress(workFolder: request.origin.workFolder, fileSystem: fileSystem).note(request.part)
    }
    checkpointClock.restart(now: Clocks.monotonicSeconds())
    context.onEvent(.checkpointed(samples: file.progress.samples))
  }
}
