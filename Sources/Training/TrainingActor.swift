internal import DataFrames
package import DeepLearning
internal import Threads

/// The actor that trains one model: it runs iterations over the rows until training ends.
///
/// The actor does nothing else: while it trains, it handles no other message. Others observe and stop it through its
/// ``TrainingControl``. After each iteration it asks a ``ScoringActor`` whether to continue.
package actor TrainingActor {
  /// The weight updates between two checks for stop requests, which take a few hundredths of a second.
  private static let weightsPerSlice = 20_000_000
  private static let maximumSliceRows = 1024

  private nonisolated let executor: QueueExecutor
  package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  private let model: ModelPlan
  private var plan: TrainingPlan { model.training }
  private var loop: any SampleLoop
  private let control: TrainingControl
  private let clock: TrainingClock
  private let checkpoints: CheckpointClock
  private let limits: TrainingLimits
  private let ranks: RankGroup
  /// The time at which training would have started without interruption; nil before its first iteration.
  private var startSeconds: Double?
  private var progress: TrainingProgress
  private let eligibility: RowEligibility
  private var missingLevels: MissingLevelWatch
  /// The order of the rows; nil if each iteration draws its own.
  private var sequence: RowSequence?
  /// Where the rows of entries lie in the table.
  private let places: RowPlaces
  /// The order of the current iteration, if it draws its own; nil between iterations.
  private var drawnOrder: [Int]?
  /// The weights by which rows are drawn; nil if weights have another meaning or there are none.
  private let drawnWeights: [Double]?

  /// Creates a training that starts from `state` and `progress`.
  ///
  /// - `name`: The name of the thread.
  /// - `model`: The plan. Its threads, including this actor's, share the layers of the network or train copies of it.
  /// - `ranks`: The processes that train copies of the network with this one, which is rank 0.
  /// - `checkpoints`: Tells when a checkpoint is due within an iteration.
  /// - `limits`: When training pauses or ends before its epochs are complete.
  package init(
    name: String, _ model: ModelPlan, state: NetworkState, progress: TrainingProgress, ranks: RankGroup = .alone,
    control: TrainingControl, clock: TrainingClock, checkpoints: CheckpointClock,
    limits: TrainingLimits = TrainingLimits()
  ) throws {
    let (plan, rows) = (model.training, model.rows)
    executor = QueueExecutor(label: name)
    self.model = model
    self.control = control
    self.clock = clock
    self.checkpoints = checkpoints
    self.limits = limits
    self.ranks = ranks
    self.progress = progress
    eligibility = RowEligibility(rows, skipsIncompleteRows: plan.rowUse.skipsIncomplete)
    missingLevels = MissingLevelWatch(
      plan.encoding, rows: rows, parts: model.parts, eligibility: eligibility, trained: progress.trainedMissingUnits)
    drawnWeights = plan.rowUse.drawsByWeight ? rows.weights : nil
    sequence = plan.course.schedule.isSequential ? RowSequence(rows, plan: plan) : nil
    places = sequence?.places ?? RowPlaces(rowCount: rows.rowCount)
    if let sequence {
      precondition(
        sequence.epochRows == plan.course.schedule.epochRows,
        "the plan has \(plan.course.schedule.epochRows) usable rows, but the table has \(sequence.epochRows)")
    }
    loop = try Self.makeLoop(
      model, sequence: sequence, state: state, ranks: ranks, control: control, clock: clock)
  }

  private static func makeLoop(
    _ model: ModelPlan, sequence: RowSequence?, state: NetworkState, ranks: RankGroup, control: TrainingControl,
    clock: TrainingClock
  ) throws -> any SampleLoop {
    let (plan, rows, threads) = (model.training, model.rows, model.threads)
    let training = plan.rowTraining
    func engineLoop<Trainer: NetworkTrainer>(_ type: Trainer.Type) -> any SampleLoop {
      EngineLoop<Trainer>(training: training, rows: rows, state: state, threads: threads, heartbeat: control.beat)
    }
    if plan.course.shards.count > 1 {
      let task = ShardTask(plan, rows: rows, parts: model.parts, threads: threads)
      return ranks.isAlone
        ? task.makeLoop(rows: rows, sequence: sequence, state: state, clock: clock, heartbeat: control.beat)
        : try RankedLoop(
          task: task, rows: rows, parts: model.parts, sequence: sequence, state: state, ranks: ranks,
          isReproducible: plan.course.isReproducible, clock: clock, epochRows: plan.course.schedule.epochRows,
          heartbeat: control.beat)
    }
    if plan.course.isUnlocked {
      return UnlockedLoop(training: training, rows: rows, state: state, threads: threads, heartbeat: control.beat)
    }
    return engineLoop(plan.options.engine.trainer)
  }

  /// Trains until the epochs are complete, the scorer stops it, time is up or the control requests an end.
  ///
  /// Also returns if a checkpoint is due within an iteration; the next call continues there.
  package func train(scoredBy scorer: ScoringActor) async throws -> TrainingOutcome {
    let start = startSeconds ?? clock.seconds() - progress.elapsedSeconds
    startSeconds = start
    // A checkpoint of the pause itself: its training continues elsewhere.
    if let pause = try await pause(scorer) { return pause }
    let isAtStart = progress.isAtStart
    progress.isAtStart = false
    if isAtStart, plan.options.objective.reconstructed != nil {
      // The history of an autoencoder starts with the initial network.
      if case .score = scorer.answer(at: model.point(progress, isLast: false)) {
        _ = try await handSnapshot(scorer)
      }
    }
    while true {
      switch try trainIteration(since: start) {
      case .whole: break
      case .stopped(.cancel): return .cancelled
      case .stopped(.suspend), .stopped(.none), .stopped(.finish): return .suspended(loop.state, progress)
      case .checkpointDue: return .checkpointDue(loop.state, progress)
      }
      let reachedEpochs = plan.course.schedule.isDone(samples: progress.samples)
      switch scorer.answer(at: model.point(progress, isLast: reachedEpochs)) {
      case .proceed: break
      case .remember: await scorer.remember(loop.state, at: model.point(progress, isLast: false))
      case .stop: return .finished(loop.state, progress, .stoppedEarly)
      case .score:
        if try await handSnapshot(scorer) != nil {
          return .finished(loop.state, progress, reachedEpochs ? .epochsReached : .stoppedEarly)
        }
      }
      if reachedEpochs { return .finished(loop.state, progress, .epochsReached) }
      if control.stopRequest == .finish { return .finished(loop.state, progress, .askedFor) }
      if isOutOfTime { return .finished(loop.state, progress, .outOfTime) }
      if let pause = try await pause(scorer) { return pause }
    }
  }

  /// Passes a snapshot to the scorer, and continues with the network that scoring has changed, if it has.
  ///
  /// - Returns: The reason to stop, as far as it is known now.
  private func handSnapshot(_ scorer: ScoringActor) async throws -> StopCause? {
    let (cause, state) = try await scorer.take(loop.state, at: model.point(progress))
    if let state {
      loop = try Self.makeLoop(
        model, sequence: sequence, state: state, ranks: ranks, control: control, clock: clock)
    }
    return cause
  }

  /// Returns the pause of the training if it is due; an unstable-looking training goes on to the next iteration first.
  private func pause(_ scorer: ScoringActor) async throws -> TrainingOutcome? {
    guard progress.samples > 0, progress.isBetweenIterations,
      limits.pauses(plan.course.schedule, samples: progress.samples, nowSeconds: clock.seconds()),
      let standing = try await scorer.standing(loop.state, at: model.point(progress, isLast: false))
    else { return nil }
    return .paused(loop.state, progress, standing)
  }

  private enum IterationEnding {
    case whole
    case stopped(TrainingControl.StopRequest)
    case checkpointDue
  }

  private var isOutOfTime: Bool {
    plan.course.maximumRuntimeSeconds.map { progress.elapsedSeconds >= $0 } ?? false
      || limits.deadlineSeconds.map { clock.seconds() >= $0 } ?? false
  }

  /// Runs one iteration, or the rest of an interrupted one, in slices between which it checks for stop requests.
  private func trainIteration(since start: Double) throws -> IterationEnding {
    beginIteration()
    var next = nextSlice()
    while let entries = next {
      let request = control.stopRequest
      if request == .finish { break }
      guard request == .none else { return .stopped(request) }
      train(entries)
      progress.elapsedSeconds = clock.seconds() - start
      guard loop.isFinite else { throw plan.grownWeights(loop.state, samples: progress.samples) }
      if isOutOfTime { break }
      next = nextSlice()
      // At the end of an iteration, scoring writes the checkpoint if one is due.
      if next != nil, checkpoints.isDue(now: clock.seconds()) { return .checkpointDue }
    }
    // This includes iterations that drew no row, because elastic averaging continues.
    loop.finishIteration()
    progress.isBetweenIterations = true
    drawnOrder = nil
    return .whole
  }

  private func beginIteration() {
    if progress.isBetweenIterations {
      progress.iteration += 1
      progress.samplesBeforeIteration = progress.samples
      progress.visited = 0
      progress.isBetweenIterations = false
    }
    guard sequence == nil, plan.course.schedule.epochs != 0, drawnOrder == nil else { return }
    drawnOrder = RowOrder.rows(
      schedule: plan.course.schedule, seed: plan.options.seed, weights: drawnWeights, isTrained: eligibility.isTrained,
      samplesBefore: progress.samplesBeforeIteration, iteration: progress.iteration)
  }

  /// Returns the entries to train on before the next check for stop requests; nil at the end of the iteration.
  private func nextSlice() -> [Int]? {
    let rows = max(1, min(Self.maximumSliceRows, Self.weightsPerSlice / max(1, plan.topology.parameterCount)))
    // Slices are whole mini-batches and whole averaging rounds, so that a suspension does not split them.
    let unit = loop.unit
    guard sequence != nil else {
      let order = drawnOrder ?? []
      let end = min(progress.visited + (rows + unit - 1) / unit * unit, order.count)
      return progress.visited < end ? Array(order[progress.visited..<end]) : nil
    }
    guard let range = plan.course.schedule.slice(at: progress, rows: rows, unit: unit) else { return nil }
    return sequence?.entries(range)
  }

  private func train(_ entries: [Int]) {
    let averagingBefore = loop.averagingSeconds
    let trained = loop.train(
      RowSlice(
        entries: entries, position: progress.position,
        // With a row sequence, dropout masks depend only on row and epoch.
        samplesBeforeIteration: sequence == nil ? progress.samplesBeforeIteration : 0,
        samplesBefore: progress.samples))
    progress.averagingSeconds += loop.averagingSeconds - averagingBefore
    missingLevels.note(entries, at: places, in: &progress.trainedMissingUnits)
    progress.visited += entries.count
    progress.position += entries.count
    progress.samples += trained
  }
}

/// The outcome of a training, or of a part of it.
package enum TrainingOutcome: Sendable {
  package enum Reason: String, Sendable, Codable {
    case epochsReached = "epochs reached"
    case stoppedEarly = "stopped early"
    case askedFor = "finished early on request"
    case outOfTime = "max_runtime_secs reached"
  }

  case finished(NetworkState, TrainingProgress, Reason)
  /// Stopped on request; training can resume from here.
  case suspended(NetworkState, TrainingProgress)
  case cancelled
  /// Reached the pause of its ``TrainingLimits``; the event is what training would deliver if it ended here.
  case paused(NetworkState, TrainingProgress, ScoringEvent)
  /// Training continues with the next call; a checkpoint written now is within an iteration.
  case checkpointDue(NetworkState, TrainingProgress)
}
