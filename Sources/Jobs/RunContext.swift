internal import DurableFiles
internal import JobEvents
internal import Training

/// The context of a training run: its file system, its control and the receiver of its events.
struct RunContext: Sendable {
  let fileSystem: FileSystem
  let control: TrainingControl
  /// The checkpoints and pages of its models.
  let store: ModelStore
  /// The ranks that train whole models of the job; nil if this process trains all of them.
  let pool: RankPool?
  /// The time that the live pages of the job may take.
  let pages: PageAllowance
  let onEvent: @Sendable (JobEvent) -> Void

  /// - Parameters:
  ///   - fileSystem: The files of the job.
  ///   - control: Stops the run.
  ///   - store: Nil for the folders of the models.
  ///   - pool: The ranks that train whole models; nil without any.
  ///   - pages: Nil for an allowance that begins now.
  ///   - onEvent: Receives the events.
  init(
    fileSystem: FileSystem, control: TrainingControl, store: ModelStore? = nil, pool: RankPool? = nil,
    pages: PageAllowance? = nil, onEvent: @escaping @Sendable (JobEvent) -> Void
  ) {
    self.fileSystem = fileSystem
    self.control = control
    self.store = store ?? .folders(fileSystem)
    self.pool = pool
    self.pages = pages ?? PageAllowance(start: Clocks.monotonicSeconds())
    self.onEvent = onEvent
  }

  /// Returns the context for one of several models, which can be stopped on its own.
  func part(isFold: Bool = false, _ onEvent: @escaping @Sendable (JobEvent) -> Void) -> RunContext {
    RunContext(
      fileSystem: fileSystem, control: TrainingControl(parent: control, ignoresFinish: isFold), store: store,
      pool: pool, pages: pages, onEvent: onEvent)
  }
}

/// The outcome of a run that did not fail.
enum RunOutcome<Trained: Sendable>: Sendable {
  case trained(Trained)
  /// The run was stopped and left a checkpoint.
  case suspended
  case cancelled
}
