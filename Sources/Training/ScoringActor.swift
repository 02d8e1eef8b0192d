package import DeepLearning
internal import Metrics
internal import Models
internal import Synchronization
internal import Threads

/// The scorer of one model during training, which also decides when training stops.
///
/// It is a thin shell around pure rules: ``ScoringSchedule`` decides when to score, ``StoppingRule`` when to
/// stop. Scoring runs on its own threads, so the actor responds while a scoring is in progress.
package actor ScoringActor {
  private nonisolated let executor = QueueExecutor(label: "deepspool.scorer")
  package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  let plan: ModelPlan
  private let trivialLoss: Double
  private let clock: TrainingClock
  private let onEvent: @Sendable (ScoringEvent) async throws -> Void
  private let measurer: NetworkMeasurer

  /// The part of the state that the trainer reads on its own thread.
  private nonisolated let agenda: Mutex<ScoringAgenda>
  private(set) var record: ScoringRecord
  /// The scoring that runs in parallel with training.
  private var pending: Task<Void, Never>? {
    didSet { agenda.withLock { $0.isScoring = pending != nil } }
  }
  /// The error of that scoring, thrown at the next call.
  private var failure: (any Error)? {
    didSet { agenda.withLock { $0.hasFailed = failure != nil } }
  }
  private var isClosed = false
  private var verdict: StopCause? {
    get { agenda.withLock { $0.verdict } }
    set { agenda.withLock { $0.verdict = newValue } }
  }
  private(set) var lastEvent: ScoringEvent?
  private(set) var runaway = RunawayWatch()
  /// The loss of the untrained network, once it is computed.
  private var untrainedLoss: Double?

  /// Creates the scorer of one training.
  ///
  /// - `record`: The record of an earlier run that is resumed, or a new one.
  /// - `heartbeat`: Called regularly while rows are scored.
  /// - `onEvent`: Called after each scoring, before training receives the decision.
  package init(
    _ plan: ModelPlan, record: ScoringRecord, clock: TrainingClock,
    heartbeat: @escaping @Sendable () -> Void = {},
    onEvent: @escaping @Sendable (ScoringEvent) async throws -> Void
  ) {
    self.plan = plan
    self.record = record
    self.clock = clock
    self.onEvent = onEvent
    trivialLoss = RunawayWatch.loss(plan.baseline.training).value
    measurer = NetworkMeasurer(plan, heartbeat: heartbeat)
    agenda = Mutex(ScoringAgenda(plan.scoring.pace, candidates: plan.candidates))
  }

  /// The history and the best model so far, for a checkpoint.
  ///
  /// Nil while a scoring is in progress, has failed, or suggests that training has diverged.
  package var settledRecord: ScoringRecord? {
    pending == nil && failure == nil && !runaway.isSuspicious ? record : nil
  }

  /// Returns what training does at `point`, without waiting for this actor.
  nonisolated func answer(at point: ScoringPoint) -> ScoringAgenda.Answer {
    let nowSeconds = clock.seconds()
    return agenda.withLock { $0.answer(at: point, nowSeconds: nowSeconds) }
  }

  /// Keeps a network that may become one of the last candidates.
  package func remember(_ state: NetworkState, at point: ScoringPoint) {
    agenda.withLock { $0.candidates.keep(state.withoutCopies, at: point, isScored: false) }
  }

  /// Scores a snapshot, either at once if training waits for scores, or in parallel with training.
  ///
  /// - Returns: The reason to stop, as far as it is known now, and the
  ///   network to continue with if scoring has changed it.
  /// - Throws: ``UnstableTraining`` for this or an earlier snapshot, and errors of `onEvent`.
  package func take(
    _ state: NetworkState, at point: ScoringPoint
  ) async throws -> (cause: StopCause?, changedState: NetworkState?) {
    try await waitForPending()
    if !plan.scoring.pace.scoresEachIteration, !point.isLast {
      agenda.withLock { $0.candidates.keep(state.withoutCopies, at: point, isScored: true) }
    }
    if plan.scoring.pace.waitsForScores || point.isLast {
      let cause = try await score(state, at: point)
      return (cause, changesNetwork ? lastEvent?.state : nil)
    }
    pending = Task { await self.scoreBeside(state, at: point) }
    return (verdict, nil)
  }

  /// Whether scored rows update the mean activations too, as in H2O's sparse autoencoders.
  private var changesNetwork: Bool {
    plan.training.rules.meanActivations == .trainedAndScoredRows && plan.training.options.sparsity != nil
  }

  private func scoreBeside(_ state: NetworkState, at point: ScoringPoint) async {
    do {
      _ = try await score(state, at: point)
    } catch {
      failure = error
    }
    pending = nil
  }

  /// Waits for a scoring in progress and reports no further event, because training has ended without a result.
  package func close() async {
    isClosed = true
    await pending?.value
  }

  /// Waits for a scoring that runs in parallel with training.
  package func waitForPending() async throws {
    await pending?.value
    if let failure {
      self.failure = nil
      throw failure
    }
  }

  /// The record before the best model replaced the last one, from which training can continue.
  package private(set) var recordOfLastModel: ScoringRecord?

  /// Scores the final model: the best one, scored again, if it is wanted and better than the last.
  ///
  /// `prefersBest`: Whether the best model may replace the last one.
  package func finish(_ state: NetworkState, at point: ScoringPoint, prefersBest: Bool) async throws -> ScoringEvent {
    try await waitForPending()
    // An iteration that drew no row is scored too.
    if lastEvent?.point.samples != point.samples || lastEvent?.point.iteration != point.iteration {
      _ = try await score(state, at: point)
    }
    try refuseSuspiciousEnd()
    recordOfLastModel = record
    let cause = verdict
    if prefersBest { await scoreCandidates(last: state, at: point) }
    if prefersBest, plan.scoring.keepsBestModel, let best = record.best, let last = lastEvent,
      best.loss < plan.loss(last.leading)
    {
      let point = point.knowing(best.trainedMissingUnits)
      if plan.training.rules.delivery == .scoredAgain {
        _ = try await score(best.state, at: point, origin: best.origin)
      } else {
        lastEvent = await measured(best.state, at: point, network: best.origin ?? .last(point), stops: cause)
      }
    }
    if let delivered = lastEvent { lastEvent = await calibrated(delivered, stops: cause) }
    guard let lastEvent else { throw ScoringError.nothingToScore(table: .training) }
    // The stop cause is that of the training, not one that the best network would have had.
    return lastEvent.stopped(by: cause)
  }

  /// Returns the event of the calibrated network; the same one if the plan does not calibrate it.
  func calibrated(_ event: ScoringEvent, stops cause: StopCause?) async -> ScoringEvent {
    guard plan.scoring.scalesTemperature, event.isLedByValidation,
      let temperature = await measurer.temperature(of: event.state)
    else { return event }
    var state = event.state
    state.temperature = temperature
    return await measured(state, at: event.point, network: event.network, stops: cause)
  }

  /// Compares the networks of the last iterations, and their mean, with the best one so far.
  private func scoreCandidates(last state: NetworkState, at point: ScoringPoint) async {
    let competitors = agenda.withLock { $0.candidates }.competitors(last: state.withoutCopies, at: point)
    for (candidate, origin, trainedMissingUnits) in competitors {
      guard plan.training.unstableLayer(candidate) == nil else { continue }
      let loss = await measurer.loss(of: candidate)
      if !(loss >= record.best?.loss ?? .infinity), !loss.isNaN {
        record.best = .init(
          state: candidate, loss: loss, trainedMissingUnits: trainedMissingUnits, origin: origin)
      }
    }
  }

  /// Evaluates the best network of an earlier job by the metric and tables of this job.
  package func judgeBestAnew(at point: ScoringPoint) async {
    guard let best = record.best, plan.scoring.keepsBestModel else { return }
    record.best = .init(
      state: best.state, loss: await measurer.loss(of: best.state), trainedMissingUnits: best.trainedMissingUnits,
      origin: best.origin)
  }

  /// Evaluates a network whose training ended in an earlier run; its history does not change.
  ///
  /// `network`: The origin of the network.
  package func measureAgain(
    _ state: NetworkState, at point: ScoringPoint, network: DeliveredNetwork
  ) async -> ScoringEvent {
    await measured(state, at: point, network: network, stops: nil)
  }

  func measured(
    _ state: NetworkState, at point: ScoringPoint, network: DeliveredNetwork, stops: StopCause?
  ) async -> ScoringEvent {
    let (training, validation) = await measurer.metrics(of: state)
    return ScoringEvent(
      point: point, state: state, training: training, validation: validation, record: record, stops: stops,
      network: network, deciding: plan.scoring.deciding(.leading(training: training, validation: validation)))
  }

  /// `origin`: The origin of an earlier network that is scored again; nil for the network in training.
  func score(
    _ given: NetworkState, at point: ScoringPoint, origin: DeliveredNetwork? = nil
  ) async throws -> StopCause? {
    let start = clock.seconds()
    try plan.training.refuseUnstable(given, samples: point.samples)
    let state = changesNetwork ? withMeanActivations(plan.model(given), of: given) : given
    let (trainingMetrics, validationMetrics) = await measurer.metrics(of: given)
    let end = clock.seconds()
    agenda.withLock { $0.schedule.scored(from: start, to: end) }
    record.scoringSeconds += end - start
    let leading = ModelMetrics.leading(training: trainingMetrics, validation: validationMetrics)
    record.append(
      point, training: trainingMetrics, validation: validationMetrics,
      stoppingValue: plan.scoring.stopping.metric.value(of: leading),
      beginsUntrained: plan.template.objective.reconstructed != nil, wallSeconds: clock.wallSeconds())
    try await refuseRunaway(state, trainingMetrics, at: point)
    remember(state, at: point, metrics: leading)
    verdict = verdict ?? plan.scoring.stopCause(trainingMetrics, history: record.history)
    let event = ScoringEvent(
      point: point, state: state, training: trainingMetrics, validation: validationMetrics, record: record,
      stops: verdict, network: origin ?? .last(point),
      deciding: plan.scoring.deciding(leading), isSuspicious: runaway.isSuspicious)
    lastEvent = event
    if !isClosed { try await onEvent(event) }
    return verdict
  }

  /// Returns the network after scored rows have updated its running means;
  /// with elastic averaging, the consensus has them.
  private func withMeanActivations(_ model: Model, of state: NetworkState) -> NetworkState {
    guard state.layers.allSatisfy({ $0.consensus == nil }) else { return state }
    var state = state
    for table in [plan.trainingTable, plan.validationTable] {
      guard let table else { continue }
      MeanActivations(model: model).update(&state, with: table)
    }
    return state
  }

  private func refuseRunaway(_ state: NetworkState, _ metrics: ModelMetrics, at point: ScoringPoint) async throws {
    guard plan.training.rules.runaways == .ends else { return }
    let loss = RunawayWatch.loss(metrics)
    let isSuspicious = RunawayWatch.isSuspicious(loss.value, at: point, trivial: trivialLoss)
    let untrained = isSuspicious ? await untrainedLossOnTraining() : nil
    let hasRunAway = runaway.note(
      loss.value, at: point, untrained: untrained, bestIsKept: plan.scoring.keepsBestModel && record.best != nil)
    if hasRunAway { throw runawayTraining(state, metrics, at: point) }
  }

  private func runawayTraining(
    _ state: NetworkState, _ metrics: ModelMetrics, at point: ScoringPoint
  ) -> UnstableTraining {
    let loss = RunawayWatch.loss(metrics)
    return UnstableTraining(
      epochs: point.epochs,
      cause: .runawayMetric(
        name: loss.name, value: loss.value, trivialValue: trivialLoss, layer: state.layerOfLargestWeight))
  }

  /// Throws if training ends with a suspicious network and no earlier one can be delivered.
  private func refuseSuspiciousEnd() throws {
    guard let last = lastEvent, last.isSuspicious else { return }
    let hasOther = plan.scoring.keepsBestModel && record.best.map { $0.origin != .iteration(last.point) } ?? false
    if !hasOther { throw runawayTraining(last.state, last.training, at: last.point) }
  }

  private func untrainedLossOnTraining() async -> Double {
    if let untrainedLoss { return untrainedLoss }
    let loss = await measurer.trainingLoss(of: plan.untrainedNetwork)
    untrainedLoss = loss
    return loss
  }

  /// Keeps the first model and every one that is not worse; as in H2O, a NaN loss replaces the best model too.
  private func remember(_ state: NetworkState, at point: ScoringPoint, metrics: ModelMetrics) {
    guard plan.scoring.keepsBestModel else { return }
    let loss = plan.loss(metrics)
    if let best = record.best, plan.scoring.lastOfEqualsIsBest ? loss > best.loss : loss >= best.loss { return }
    record.best = .init(
      state: state.withoutCopies, loss: loss, trainedMissingUnits: point.trainedMissingUnits, origin: .iteration(point))
  }
}
