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
  let onEvent: @Sendable (JobEvent) -> Void

  /// - `store`: Nil for the folders of the models.
  init(
    fileSystem: FileSystem, control: TrainingControl, store: ModelStore? = nil, pool: RankPool? = nil,
    onEvent: @escaping @Sendable (JobEvent) -> Void
  ) {
    self.fileSystem = fileSystem
    self.control = control
    self.store = store ?? .folders(fileSystem)
    self.pool = pool
    self.onEvent = onEvent
  }

  /// Returns the context for one of several models, which can be stopped on its own.
  func part(isFold: Bool = false, _ onEvent: @escaping @Sendable (JobEvent) -> Void) -> RunContext {
    RunContext(
      fileSystem: fileSystem, control: TrainingControl(parent: control, ignoresFinish: isFold), store: store,
      pool: pool, onEvent: onEvent)
  }
}

/// The outcome of a run that did not fail.
enum RunOutcome<Trained: Sendable>: Sendable {
  case trained(Trained)
  /// The run was stopped and left a checkpoint.
  case suspended
  case cancelled
}
