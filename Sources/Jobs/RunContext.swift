internal import DurableFiles
internal import JobEvents
internal import Training

/// The context of a training run: its file system, its control and the receiver of its events.
struct RunContext: Sendable {
  let fileSystem: FileSystem
  let control: TrainingControl
  let onEvent: @Sendable (JobEvent) -> Void

  /// Returns the context for one of several models, which can be stopped on its own.
  func part(isFold: Bool = false, _ onEvent: @escaping @Sendable (JobEvent) -> Void) -> RunContext {
    RunContext(
      fileSystem: fileSystem, control: TrainingControl(parent: control, ignoresFinish: isFold), onEvent: onEvent)
  }
}

/// The outcome of a run that did not fail.
enum RunOutcome<Trained: Sendable>: Sendable {
  case trained(Trained)
  /// The run was stopped and left a checkpoint.
  case suspended
  case cancelled
}
