package import DeepLearning
internal import Dispatch
internal import JobFiles
internal import Metrics

/// Scores one model while it trains, and says when training shall stop.
///
/// A thin shell around pure rules: ``ScoringSchedule`` says when, ``StoppingRule`` whether to stop. The arithmetic runs
/// on threads of its own, so the actor answers at once while a scoring is going on.
package actor ScoringActor {
  package enum Answer: Sendable {
    case goOn
    case score
    /// Hand a snapshot over that may be scored at the end.
    case remember
    case stop(StopCause)
  }

  private let plan: ScoringPlan
  private let template: Model
  private let training: ScoringTable
  private let validation: ScoringTable?
  private let rule: UpdateRule
  private let secondsNow: @Sendable () -> Double
  private let wallSeconds: @Sendable () -> Double
  private let heartbeat: @Sendable () -> Void
  private let onEvent: @Sendable (ScoringEvent) async throws -> Void
  private let queue = DispatchQueue(label: "deepspool.scoring")

  private var schedule: ScoringSchedule
  private var candidates: BestModelCandidates
  private var record: ScoringRecord
  /// The scoring that goes on beside training.
  private var pending: Task<Void, Never>?
  /// Why that scoring failed; told at the next occasion.
  private var failure: (any Error)?
  private var isClosed = false
  private var verdict: StopCause?
  private var lastEvent: ScoringEvent?

  /// A scorer for one training.
  ///
  /// - `template`: The model without its weights.
  /// - `candidates`: Keeps the last networks, which compete at the end with their mean.
  /// - `record`: Of an earlier run that is resumed, or a fresh one.
  /// - `secondsNow`: A monotonic clock. `wallSeconds`: seconds since 1970, for the history.
  /// - `heartbeat`: Called now and then while rows are scored.
  /// - `onEvent`: Called after each scoring, before training hears the verdict.
  package init(
    plan: ScoringPlan, template: Model, rule: UpdateRule, training: ScoringTable, validation: ScoringTable?,
    candidates: BestModelCandidates, record: ScoringRecord, secondsNow: @escaping @Sendable () -> Double,
    wallSeconds: @escaping @Sendable () -> Double, heartbeat: @escaping @Sendable () -> Void = {},
    onEvent: @escaping @Sendable (ScoringEvent) async throws -> Void
  ) {
    self.plan = plan
    self.template = template
    self.rule = rule
    self.training = training
    self.validation = validation
    self.record = record
    self.secondsNow = secondsNow
    self.wallSeconds = wallSeconds
    self.heartbeat = heartbeat
    self.onEvent = onEvent
    schedule = ScoringSchedule(intervalSeconds: plan.intervalSeconds, dutyCycle: plan.dutyCycle)
    self.candidates = candidates
  }

  /// The history and the best model so far, for a checkpoint.
  package var currentRecord: ScoringRecord { record }

  /// The same, nil while something is being scored or has failed to be.
  package var settledRecord: ScoringRecord? { pending == nil && failure == nil ? record : nil }

  /// What training shall do at `point`.
  package func answer(at point: ScoringPoint) -> Answer {
    if failure != nil { return .score }
    if let verdict, !point.isLast { return .stop(verdict) }
    if point.isLast || plan.scoresEachIteration { return .score }
    guard pending == nil, schedule.isDue(now: secondsNow()) else { return candidates.limit > 0 ? .remember : .goOn }
    return .score
  }

  /// Keeps a network that may be the best of the last ones.
  package func remember(_ state: NetworkState, at point: ScoringPoint) {
    candidates.keep(state, at: point, isScored: false)
  }

  /// Scores a snapshot: at once where training waits for it, otherwise beside it.
  ///
  /// - Returns: Why training shall stop, as far as is known now, and the network to go on with if scoring has changed it.
  /// - Throws: ``ScoringError`` of this or an earlier snapshot, and what `onEvent` throws.
  package func take(
    _ state: NetworkState, at point: ScoringPoint
  ) async throws -> (cause: StopCause?, changedState: NetworkState?) {
    try await waitForPending()
    if !plan.scoresEachIteration, !point.isLast { candidates.keep(state, at: point, isScored: true) }
    if plan.waitsForScores || point.isLast {
      let cause = try await score(state, at: point)
      return (cause, changesNetwork ? lastEvent?.state : nil)
    }
    pending = Task { await self.scoreBeside(state, at: point) }
    return (verdict, nil)
  }

  /// H2O's sparse autoencoders note the activations of scored rows too.
  private var changesNetwork: Bool {
    template.quirks.contains(.scoringMovesMeanActivations) && plan.hasSparsity
  }

  private func scoreBeside(_ state: NetworkState, at point: ScoringPoint) async {
    do {
      _ = try await score(state, at: point)
    } catch {
      failure = error
    }
    pending = nil
  }

  /// Waits for a scoring that is going on, and reports nothing any more: its training has ended without a result.
  package func close() async {
    isClosed = true
    await pending?.value
  }

  /// Waits for a scoring that is going on beside training.
  package func waitForPending() async throws {
    await pending?.value
    if let failure {
      self.failure = nil
      throw failure
    }
  }

  /// The history before the best model was put in the place of the last one: what training can go on with.
  package private(set) var recordOfLastModel: ScoringRecord?

  /// The final model: the best one if that is wanted and better than the last, which is then scored again.
  ///
  /// `prefersBest`: Whether the best model may replace the last one.
  package func finish(_ state: NetworkState, at point: ScoringPoint, prefersBest: Bool) async throws -> ScoringEvent {
    try await waitForPending()
    // An iteration that drew no row is scored too.
    if lastEvent?.point.samples != point.samples || lastEvent?.point.iteration != point.iteration {
      _ = try await score(state, at: point)
    }
    recordOfLastModel = record
    let cause = verdict
    if prefersBest { await scoreCandidates(last: state, at: point) }
    if prefersBest, plan.keepsBestModel, let best = record.best, let last = lastEvent,
      best.loss < plan.stopping.metric.loss(of: last.leading, quirks: template.quirks)
    {
      _ = try await score(best.state, at: point.knowing(best.trainedMissingUnits))
    }
    guard let lastEvent else { throw ScoringError.nothingToScore(table: "training") }
    // What the best network would have stopped is not what stopped the training.
    return lastEvent.stopped(by: cause)
  }

  /// Lets the networks of the last iterations, and their mean, compete with the best one so far.
  private func scoreCandidates(last state: NetworkState, at point: ScoringPoint) async {
    for candidate in candidates.competitors(last: state, at: point) {
      guard (try? refuseUnstable(candidate, at: point)) != nil else { continue }
      let loss = await loss(of: candidate)
      if !(loss >= record.best?.loss ?? .infinity), !loss.isNaN {
        record.best = .init(state: candidate, loss: loss, trainedMissingUnits: point.trainedMissingUnits)
      }
    }
  }

  /// Measures the best network of an earlier job as this job measures its own: by its metric, on its tables.
  package func judgeBestAnew(at point: ScoringPoint) async {
    guard let best = record.best, plan.keepsBestModel else { return }
    record.best = .init(
      state: best.state, loss: await loss(of: best.state), trainedMissingUnits: best.trainedMissingUnits)
  }

  /// By what networks compete; the history does not hear of it.
  private func loss(of state: NetworkState) async -> Float {
    var model = template
    model.state = state.published
    let (training, validation) = await measure(model)
    return plan.stopping.metric.loss(of: validation ?? training, quirks: template.quirks)
  }

  /// Measures a network whose training ended in an earlier run; its history stays as it is.
  package func measureAgain(_ state: NetworkState, at point: ScoringPoint) async -> ScoringEvent {
    var model = template
    model.state = state.published
    let (training, validation) = await measure(model)
    return ScoringEvent(
      point: point, state: state, training: training, validation: validation, record: record, stops: nil)
  }

  private func score(_ given: NetworkState, at point: ScoringPoint) async throws -> StopCause? {
    let start = secondsNow()
    try refuseUnstable(given, at: point)
    var model = template
    model.state = given.published
    let state = changesNetwork ? withMeanActivations(model, of: given) : given
    let (trainingMetrics, validationMetrics) = await measure(model)
    let end = secondsNow()
    schedule.scored(from: start, to: end)
    record.scoringSeconds += end - start
    append(point, training: trainingMetrics, validation: validationMetrics)
    remember(state, at: point, metrics: validationMetrics ?? trainingMetrics)
    verdict = stopCause(trainingMetrics)
    let event = ScoringEvent(
      point: point, state: state, training: trainingMetrics, validation: validationMetrics, record: record,
      stops: verdict)
    lastEvent = event
    if !isClosed { try await onEvent(event) }
    return verdict
  }

  /// The network after its running means have seen the scored rows; with elastic averaging the consensus sees them.
  private func withMeanActivations(_ model: Model, of state: NetworkState) -> NetworkState {
    guard state.layers.allSatisfy({ $0.consensus == nil }) else { return state }
    var state = state
    for table in [training, validation] {
      guard let table else { continue }
      MeanActivations(model: model).update(&state, with: table)
    }
    return state
  }

  private func refuseUnstable(_ state: NetworkState, at point: ScoringPoint) throws(ScoringError) {
    if let layer = state.unstableLayer(rule: rule, samples: point.samples, quirks: template.quirks) {
      throw .unstable(layer: layer + 1, epoch: point.epochs)
    }
  }

  /// Computes the metrics on the scoring thread; the actor stays free meanwhile.
  private func measure(_ model: Model) async -> (ModelMetrics, ModelMetrics?) {
    let scorer = ModelScorer(threads: plan.threads, options: plan.metricOptions, heartbeat: heartbeat)
    let (training, validation) = (training, validation)
    return await withCheckedContinuation { continuation in
      queue.async {
        let metrics = scorer.metrics(of: model, on: training)
        continuation.resume(returning: (metrics, validation.map { scorer.metrics(of: model, on: $0) }))
      }
    }
  }

  private func append(_ point: ScoringPoint, training: ModelMetrics, validation: ModelMetrics?) {
    let names = ScoringHistory.metricNames(for: training)
    let blank = [Double](repeating: .nan, count: names.count)
    // The history of an autoencoder begins with the untrained network, that of others with an empty row.
    if record.history.isEmpty, template.objective.reconstructed == nil {
      record.history.append(
        ScoringHistoryRow(
          timestampSeconds: wallSeconds() - point.elapsedSeconds, elapsedSeconds: 0, samplesPerSecond: nil, epochs: 0,
          iterations: 0, samples: 0, training: blank, validation: validation.map { _ in blank }, stoppingValue: .nan))
    }
    record.history.append(
      ScoringHistoryRow(
        timestampSeconds: wallSeconds(), elapsedSeconds: point.elapsedSeconds,
        samplesPerSecond: Double(point.samples) / max(1e-3, point.elapsedSeconds), epochs: point.epochs,
        iterations: point.iteration, samples: point.samples, training: ScoringHistory.values(of: training),
        validation: validation.map(ScoringHistory.values(of:)),
        stoppingValue: plan.stopping.metric.value(of: validation ?? training)))
  }

  /// Keeps the first model and every one that is not worse; a loss that is not a number replaces too, as in H2O.
  private func remember(_ state: NetworkState, at point: ScoringPoint, metrics: ModelMetrics) {
    guard plan.keepsBestModel else { return }
    let loss = plan.stopping.metric.loss(of: metrics, quirks: template.quirks)
    if let best = record.best, loss >= best.loss { return }
    record.best = .init(state: state, loss: loss, trainedMissingUnits: point.trainedMissingUnits)
  }

  private func stopCause(_ training: ModelMetrics) -> StopCause? {
    let error: Double
    switch training {
    case .autoencoder(let metrics): error = metrics.meanSquaredError
    case .regression(let metrics): error = metrics.meanSquaredError
    case .classification(let metrics): error = metrics.error
    }
    if error <= plan.targetError { return .targetErrorReached(error) }
    guard plan.stopping.stops(record.history.map(\.stoppingValue)) else { return nil }
    return .noImprovement(plan.stopping.metric, rounds: plan.stopping.rounds)
  }
}
