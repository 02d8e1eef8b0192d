internal import DeepLearning
internal import JobEvents
internal import JobFiles
internal import Training

/// Writes the checkpoints of one training, and tells when they are due.
final class CheckpointWriter: Sendable {
  private let request: ModelRequest
  private let plan: ModelPlan
  private let context: RunContext
  /// The pause before the first checkpoint after a scoring, and between two of them.
  private let pause: ScoringPause
  let clock: CheckpointClock

  init(_ request: ModelRequest, _ plan: ModelPlan, _ context: RunContext) {
    self.request = request
    self.plan = plan
    self.context = context
    let now = Clocks.monotonicSeconds()
    pause = ScoringPause(since: now)
    clock = CheckpointClock(intervalSeconds: request.job.checkpointInterval, now: now)
  }

  /// Returns a checkpoint file.
  ///
  /// - `start`: The point from which training continues, or its end with the delivered network.
  func file(_ start: StartingPoint) -> CheckpointFile {
    let ending: String? = if case .ended(let reason) = start.origin { reason } else { nil }
    return CheckpointFile(
      state: start.state, progress: start.progress, record: start.record, seed: plan.training.options.seed,
      fingerprint: request.fingerprint(of: plan.training.encoding), ending: ending, network: start.network)
  }

  /// Writes a checkpoint; returns when it is on disk.
  func write(_ start: StartingPoint) async throws {
    let (request, store, file) = (request, context.store, file(start))
    try await BlockingWork.run { try store.keepCheckpoint(request, file.bytes()) }
    clock.restart(now: Clocks.monotonicSeconds())
    context.onEvent(.checkpointed(samples: start.progress.samples))
  }

  /// Writes a checkpoint after a scoring, unless the last one is too recent.
  func note(_ event: ScoringEvent, rowSet: RowSequence.Identity?) async throws {
    guard !event.point.isLast, !event.isSuspicious, pause.isDue(now: Clocks.monotonicSeconds()) else { return }
    try await write(
      .init(
        state: event.state, progress: TrainingProgress(at: event.point, rowSet: rowSet), record: event.record,
        origin: .interrupted))
  }
}
