internal import DurableFiles
internal import JobEvents
internal import Training

/// One training of a model on another rank, as rank 0 follows it.
struct RankedTraining: Sendable {
  private let request: ModelRequest
  private let context: RunContext
  private let pool: RankPool
  private let place: RankPlace

  init(_ request: ModelRequest, _ context: RunContext, _ pool: RankPool, _ place: RankPlace) {
    self.request = request
    self.context = context
    self.pool = pool
    self.place = place
  }

  /// Has the model trained, and measures it; gives the place back before that.
  ///
  /// - Throws: The errors of a training in this process, among them `UnstableTraining`.
  func run() async throws -> RunOutcome<TrainedModel> {
    let (request, context) = (request, context)
    let attachments = try await BlockingWork.run {
      RankTask.attachments(request, checkpoint: context.store.checkpoint(request))
    }
    let reports = try pool.train(RankTask(request), attachments, on: place, context.control)
    // This task may be cancelled, but a model on another rank ends only if its control says so.
    let (ending, files) = try await Task { try await follow(reports) }.value
    switch ending {
    case .suspended: return .suspended
    case .cancelled: return .cancelled
    case .unstable(let error): throw error
    case .failed(let failure):
      // A fault that this process finds too has its place in the job file.
      _ = try await BlockingWork.run { try ModelRun.plan(request, context.fileSystem) }
      throw failure
    case .trained(let trained):
      pool.giveBack(place)
      return .trained(try await pool.inTurn { try await trained.model(of: request, files, context) })
    }
  }

  /// Handles reports until the model has ended.
  ///
  /// - Throws: `FileSystemError` if a checkpoint cannot be written; then the model is cancelled first.
  private func follow(
    _ reports: AsyncStream<RankMessage<RankReport>>
  ) async throws -> (RankEnding, files: [[UInt8]]) {
    var hasBegun = false
    var failure: (any Error)?
    defer { if hasBegun { context.control.endTraining() } }
    for await report in reports {
      switch report.content {
      case .beat: context.control.beat()
      case .event(let event):
        if case .planned = event, !hasBegun {
          hasBegun = true
          context.control.allowFinish()
          context.control.beginTraining()
        }
        context.onEvent(event)
      case .checkpoint:
        do {
          try await keep(report.attachments, context.store.keepCheckpoint)
        } catch {
          failure = failure ?? error
          context.control.stop(.cancel)
        }
      case .page:
        // As in this process, a missing page must not affect training.
        try? await keep(report.attachments, context.store.keepPage)
      case .ended(let ending):
        if let failure { throw failure }
        return (ending, report.attachments)
      }
    }
    preconditionFailure("the reports of a model end with its ending")
  }

  private func keep(
    _ files: [[UInt8]], _ write: @escaping @Sendable (ModelRequest, [UInt8]) throws -> Void
  ) async throws {
    guard let bytes = files.first else { return }
    let request = request
    try await BlockingWork.run { try write(request, bytes) }
  }
}
