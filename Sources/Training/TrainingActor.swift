package import DataFrames
package import DeepLearning
internal import JobFiles

/// Trains one model: drives iterations over its rows until it is told to stop.
///
/// The actor does nothing else; while it trains, no other message reaches it. Others watch and stop it through its
/// ``TrainingControl``, and it asks its ``TrainingHooks`` after each iteration whether to go on.
package actor TrainingActor {
  /// Weights trained between two looks at the stop request: a few hundredths of a second.
  private static let weightsPerSlice = 20_000_000
  private static let maximumSliceRows = 1024

  private nonisolated let executor: TrainingExecutor
  package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  private let plan: TrainingPlan
  private var loop: any SampleLoop
  private let rows: EncodedRows
  private let threads: Int
  private let control: TrainingControl
  private let secondsNow: @Sendable () -> Double
  private var progress: TrainingProgress
  private let eligibility: RowEligibility
  private var missingLevels: MissingLevelWatch
  /// The rows in order; nil where each iteration draws its own.
  private var sequence: RowSequence?
  /// The order of the current iteration, where it draws its own.
  private var drawnOrder: [Int] = []
  /// Weights that rows are drawn by; nil where weights act otherwise or not at all.
  private let drawnWeights: [Double]?

  /// A training that begins at `state` and `progress`.
  ///
  /// - `name`: Of the thread.
  /// - `rows`: The encoded training table.
  /// - `threads`: That share the layers of the network, or train copies of it; this actor's own included.
  /// - `secondsNow`: A monotonic clock.
  package init(
    name: String, plan: TrainingPlan, rows: EncodedRows, state: NetworkState, progress: TrainingProgress,
    threads: Int = 1, control: TrainingControl, secondsNow: @escaping @Sendable () -> Double
  ) {
    executor = TrainingExecutor(label: name)
    self.plan = plan
    self.control = control
    self.secondsNow = secondsNow
    self.progress = progress
    eligibility = RowEligibility(rows, skipsIncompleteRows: plan.skipsIncompleteRows)
    missingLevels = MissingLevelWatch(
      plan.encoding, rows: rows, eligibility: eligibility, trained: progress.trainedMissingUnits)
    drawnWeights = plan.drawsRowsByWeight ? rows.weights : nil
    sequence = plan.schedule.isSequential ? RowSequence(rows, plan: plan) : nil
    if let sequence {
      precondition(
        sequence.epochRows == plan.schedule.epochRows,
        "the plan has \(plan.schedule.epochRows) usable rows, the table \(sequence.epochRows)")
    }
    self.rows = rows
    self.threads = threads
    loop = Self.makeLoop(plan, rows: rows, state: state, threads: threads, control: control)
  }

  private static func makeLoop(
    _ plan: TrainingPlan, rows: EncodedRows, state: NetworkState, threads: Int, control: TrainingControl
  ) -> any SampleLoop {
    func engineLoop<Trainer: NetworkTrainer>(_ type: Trainer.Type) -> any SampleLoop {
      EngineLoop<Trainer>(plan: plan, rows: rows, state: state, threads: threads, heartbeat: control.beat)
    }
    if plan.shards.count > 1 {
      return ShardedLoop(plan: plan, rows: rows, state: state, threads: threads, heartbeat: control.beat)
    }
    if plan.isUnlocked {
      return UnlockedLoop(plan: plan, rows: rows, state: state, threads: threads, heartbeat: control.beat)
    }
    return engineLoop(plan.options.engine.trainer)
  }

  /// Trains until the epochs are done, a hook says stop, time is up or the control asks for it.
  package func train(_ hooks: TrainingHooks) async throws -> TrainingOutcome {
    let start = secondsNow() - progress.elapsedSeconds
    let isAtStart = progress.isAtStart
    progress.isAtStart = false
    if isAtStart, plan.options.objective.reconstructed != nil {
      // The first row of an autoencoder's history is the network as training finds it.
      if case .handSnapshot = try await hooks.afterIteration(progress, false) {
        _ = try await handSnapshot(hooks)
      }
    }
    while true {
      let ending = try await trainIteration(hooks, since: start)
      guard ending == .whole else { return outcome(of: ending) }
      let reachedEpochs = plan.schedule.isDone(samples: progress.samples)
      switch try await hooks.afterIteration(progress, reachedEpochs) {
      case .goOn: break
      case .leaveSnapshot: await hooks.leaveSnapshot(progress, loop.state)
      case .stop: return .finished(loop.state, progress, .stoppedEarly)
      case .handSnapshot:
        if try await handSnapshot(hooks) == .stop {
          return .finished(loop.state, progress, reachedEpochs ? .epochsReached : .stoppedEarly)
        }
      }
      if reachedEpochs { return .finished(loop.state, progress, .epochsReached) }
      if control.stopRequest == .finish { return .finished(loop.state, progress, .askedFor) }
      if isOutOfTime { return .finished(loop.state, progress, .outOfTime) }
    }
  }

  /// Lets the network be scored; goes on with what scoring has made of it, if anything.
  private func handSnapshot(_ hooks: TrainingHooks) async throws -> TrainingHooks.Verdict {
    let (verdict, state) = try await hooks.takeSnapshot(progress, loop.state)
    if let state { loop = Self.makeLoop(plan, rows: rows, state: state, threads: threads, control: control) }
    return verdict
  }

  private enum IterationEnding: Equatable {
    case whole
    case stopped(TrainingControl.StopRequest)
  }

  private func outcome(of ending: IterationEnding) -> TrainingOutcome {
    switch ending {
    case .whole: .finished(loop.state, progress, .epochsReached)
    case .stopped(.cancel): .cancelled
    case .stopped(.suspend), .stopped(.none), .stopped(.finish): .suspended(loop.state, progress)
    }
  }

  private var isOutOfTime: Bool { plan.maximumRuntimeSeconds.map { progress.elapsedSeconds >= $0 } ?? false }

  /// One iteration, or the rest of one after a resume, in slices between which stop requests are seen.
  private func trainIteration(_ hooks: TrainingHooks, since start: Double) async throws -> IterationEnding {
    beginIteration()
    var next = nextSlice()
    while let entries = next {
      let request = control.stopRequest
      if request == .finish { break }
      guard request == .none else { return .stopped(request) }
      train(entries)
      progress.elapsedSeconds = secondsNow() - start
      guard loop.isFinite else {
        let layer = loop.state.unstableLayer(
          rule: plan.options.rule, samples: progress.samples, rules: plan.options.rules)
        throw UnstableTraining(
          epochs: plan.schedule.epochs(samples: progress.samples), cause: .grownWeights(layer: layer.map { $0 + 1 }))
      }
      if isOutOfTime { break }
      next = nextSlice()
      // At the end of an iteration scoring leaves a checkpoint if it is time.
      if next != nil, hooks.isCheckpointDue() { try await hooks.leaveCheckpoint(progress, loop.state) }
    }
    // Also after an iteration that drew no row: elastic averaging goes on.
    loop.finishIteration()
    progress.isBetweenIterations = true
    return .whole
  }

  private func beginIteration() {
    if progress.isBetweenIterations {
      progress.iteration += 1
      progress.samplesBeforeIteration = progress.samples
      progress.visited = 0
      progress.isBetweenIterations = false
    }
    guard sequence == nil, plan.schedule.epochs != 0 else { return }
    drawnOrder = RowOrder.rows(
      schedule: plan.schedule, seed: plan.options.seed, weights: drawnWeights, isTrained: eligibility.isTrained,
      samplesBefore: progress.samplesBeforeIteration, iteration: progress.iteration)
  }

  /// Entries of the row order that are trained on before the next look at stop requests; nil at the end of the iteration.
  private func nextSlice() -> [Int]? {
    let rows = max(1, min(Self.maximumSliceRows, Self.weightsPerSlice / max(1, plan.topology.parameterCount)))
    // Whole mini-batches and whole rounds of all copies, so that none is torn by a suspension.
    let unit = plan.shards.count > 1 ? plan.shards.roundEntries : plan.options.engine.rowsPerStep
    guard sequence != nil else {
      let end = min(progress.visited + (rows + unit - 1) / unit * unit, drawnOrder.count)
      return progress.visited < end ? Array(drawnOrder[progress.visited..<end]) : nil
    }
    guard let range = plan.schedule.slice(at: progress, rows: rows, unit: unit) else { return nil }
    return sequence?.entries(range)
  }

  private func train(_ entries: [Int]) {
    let trained = loop.train(
      entries, range: entries.indices,
      // Dropout masks of a sequence depend on row and epoch alone.
      samplesBeforeIteration: sequence == nil ? progress.samplesBeforeIteration : 0, samplesBefore: progress.samples)
    missingLevels.note(entries[...], in: &progress.trainedMissingUnits)
    progress.visited += entries.count
    progress.position += entries.count
    progress.samples += trained
  }
}

/// How a training ended.
package enum TrainingOutcome: Sendable {
  package enum Reason: String, Sendable, Codable {
    case epochsReached = "epochs reached"
    case stoppedEarly = "stopped early"
    case askedFor = "finished early on request"
    case outOfTime = "max_runtime_secs reached"
  }

  case finished(NetworkState, TrainingProgress, Reason)
  /// Stopped on request; goes on from here another time.
  case suspended(NetworkState, TrainingProgress)
  case cancelled
}
