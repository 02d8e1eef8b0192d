internal import Artifacts
internal import DeepLearning
package import DurableFiles
internal import JobFiles
internal import Metrics
internal import Scoring
package import Training

/// Runs one job from its tables to its result folder: builds the trainer and the scorer and joins them.
///
/// The daemon and `deepspool run` use the same runner; they differ in where the folders lie and who hears the events.
package struct JobRunner: Sendable {
  private let request: JobRequest
  private let fileSystem: FileSystem
  private let onEvent: @Sendable (JobEvent) -> Void
  private let checkpointClock = CheckpointClock()

  /// `onEvent`: Hears every event at once, also from other threads.
  package init(_ request: JobRequest, fileSystem: FileSystem, onEvent: @escaping @Sendable (JobEvent) -> Void) {
    self.request = request
    self.fileSystem = fileSystem
    let log = JobEventLog(path: "\(request.workFolder)/events.jsonl", fileSystem: fileSystem)
    self.onEvent = { event in
      log.append(event)
      onEvent(event)
    }
  }

  /// Runs the job until it is finished, suspended or cancelled through `control`.
  ///
  /// - Throws: ``JobFailure``.
  package func run(_ control: TrainingControl) async throws(JobFailure) -> JobOutcome {
    do {
      return try await runThrowingAnything(control)
    } catch {
      throw JobFailure(error, job: request.job)
    }
  }

  private func runThrowingAnything(_ control: TrainingControl) async throws -> JobOutcome {
    let (request, fileSystem) = (request, fileSystem)
    try fileSystem.removeTree(request.resultFolder)
    try fileSystem.makeFolder(request.resultFolder)
    let preparation = try await BlockingWork.run {
      try JobPreparation.prepare(request, fileSystem: fileSystem, drawSeed: { Int(Int64.random(in: 0...(.max))) })
    }
    announce(preparation)
    let scorer = makeScorer(preparation, control: control)
    let trainer = TrainingActor(
      name: "deepspool.training.\(request.name)", plan: preparation.plan, rows: preparation.rows,
      state: preparation.start.state, progress: preparation.start.progress, control: control,
      secondsNow: Clocks.monotonicSeconds)
    control.enter(.training)
    do {
      return try await end(
        trainer.train(hooks(preparation, scorer: scorer)), preparation, scorer: scorer, control: control)
    } catch {
      await scorer.close()
      throw error
    }
  }

  private func end(
    _ outcome: TrainingOutcome, _ preparation: JobPreparation, scorer: ScoringActor, control: TrainingControl
  ) async throws -> JobOutcome {
    control.enter(.finishing)
    switch outcome {
    case .cancelled:
      await scorer.close()
      return .cancelled
    case .suspended(let state, let progress):
      try? await scorer.waitForPending()
      do {
        try await checkpoint(preparation, state: state, progress: progress, record: scorer.currentRecord)
      } catch {
        onEvent(.warning("no checkpoint could be left (\(error)); the job goes on from an earlier one"))
      }
      return .suspended
    case .finished(let state, let progress, let reason):
      return try await finish(preparation, scorer: scorer, state: state, progress: progress, reason: reason)
    }
  }

  private func announce(_ preparation: JobPreparation) {
    let plan = preparation.plan
    onEvent(
      .planned(
        .init(
          rowCount: plan.schedule.rowCount, validationRowCount: preparation.validationTable?.rowCount,
          units: plan.topology.units, parameterCount: plan.topology.parameterCount, epochs: plan.schedule.epochs,
          seed: plan.options.seed)))
    for warning in preparation.warnings { onEvent(.warning(warning)) }
    if preparation.start.isResumed {
      let samples = preparation.start.progress.samples
      onEvent(.resumed(samples: samples, epochs: plan.schedule.epochs(samples: samples)))
    }
  }

  /// The scorer; each of its events is reported and leaves a checkpoint.
  private func makeScorer(_ preparation: JobPreparation, control: TrainingControl) -> ScoringActor {
    ScoringActor(
      plan: preparation.scoringPlan, template: preparation.template, rule: preparation.plan.options.rule,
      training: preparation.trainingTable, validation: preparation.validationTable, record: preparation.start.record,
      secondsNow: Clocks.monotonicSeconds, wallSeconds: Clocks.wallSeconds,
      heartbeat: control.beat
    ) { event in
      report(event, plan: preparation.plan)
      guard !event.point.isLast, checkpointClock.isDue(now: Clocks.monotonicSeconds()) else { return }
      var progress = TrainingProgress()
      progress.iteration = event.point.iteration
      progress.samples = event.point.samples
      progress.samplesBeforeIteration = event.point.samples
      progress.elapsedSeconds = event.point.elapsedSeconds
      try await checkpoint(preparation, state: event.state, progress: progress, record: event.record)
    }
  }

  private func report(_ event: ScoringEvent, plan: TrainingPlan) {
    onEvent(
      .scored(
        .init(
          epochs: event.point.epochs, totalEpochs: plan.schedule.epochs, samples: event.point.samples,
          samplesPerSecond: event.record.history.last?.samplesPerSecond ?? 0, headline: event.leading.headline,
          isValidation: event.validation != nil)))
  }

  private func hooks(_ preparation: JobPreparation, scorer: ScoringActor) -> TrainingHooks {
    let plan = preparation.plan
    return TrainingHooks(
      afterIteration: { progress, isLast in
        switch await scorer.answer(at: Self.point(progress, plan: plan, isLast: isLast)) {
        case .goOn: .goOn
        case .score: .handSnapshot
        case .stop: .stop
        }
      },
      takeSnapshot: { progress, state in
        let isLast = plan.schedule.epochs(samples: progress.samples) >= plan.schedule.epochs
        let cause = try await scorer.take(state, at: Self.point(progress, plan: plan, isLast: isLast))
        return cause == nil ? .goOn : .stop
      })
  }

  private static func point(_ progress: TrainingProgress, plan: TrainingPlan, isLast: Bool) -> ScoringPoint {
    ScoringPoint(
      iteration: progress.iteration, samples: progress.samples,
      epochs: plan.schedule.epochs(samples: progress.samples), elapsedSeconds: progress.elapsedSeconds, isLast: isLast)
  }

  private func checkpoint(
    _ preparation: JobPreparation, state: NetworkState, progress: TrainingProgress, record: ScoringRecord
  ) async throws {
    let file = CheckpointFile(
      state: state, progress: progress, record: record, seed: preparation.plan.options.seed,
      fingerprint: preparation.fingerprint)
    let (path, fileSystem) = ("\(request.workFolder)/\(CheckpointFile.path)", fileSystem)
    try await BlockingWork.run {
      try fileSystem.makeFolder(Paths.folder(of: path))
      try fileSystem.write(file.bytes(), to: path)
    }
    onEvent(.checkpointed(samples: progress.samples))
  }

  private func finish(
    _ preparation: JobPreparation, scorer: ScoringActor, state: NetworkState, progress: TrainingProgress,
    reason: TrainingOutcome.Reason
  ) async throws -> JobOutcome {
    let plan = preparation.plan
    let prefersBest = !(reason == .outOfTime && plan.options.quirks.contains(.timeLimitKeepsLastModel))
    let final = try await scorer.finish(
      state, at: Self.point(progress, plan: plan, isLast: true), prefersBest: prefersBest)
    var model = preparation.template
    model.state = final.state
    if case .classification(let metrics) = final.leading, let binomial = metrics.binomial {
      model.defaultThreshold = binomial.defaultThreshold
    }
    let ending = final.stops.map(\.description) ?? reason.rawValue
    let content = ResultFolder.Content(
      jobText: request.jobText, job: request.job, plan: plan, modelName: request.job.modelID ?? request.name,
      model: model, final: final, ending: ending)
    let summary = JobEvent.FinishSummary(
      ending: ending, epochs: final.point.epochs, seconds: progress.elapsedSeconds, headline: final.leading.headline,
      isValidation: final.validation != nil)
    onEvent(.finished(summary))
    let (request, fileSystem) = (request, fileSystem)
    try await BlockingWork.run {
      try ResultFolder(request.resultFolder, fileSystem: fileSystem).write(content)
      let events = try fileSystem.read("\(request.workFolder)/events.jsonl", limit: 1 << 30)
      try fileSystem.write(events, to: "\(request.resultFolder)/events.jsonl")
    }
    return .finished(summary)
  }
}
