internal import DurableFiles
internal import JobEvents
internal import Training

/// What every run of a model needs beside the model: where files go, who may stop it, who hears of it.
struct RunContext: Sendable {
  let fileSystem: FileSystem
  let control: TrainingControl
  let onEvent: @Sendable (JobEvent) -> Void

  /// The same for one of several models, which can be stopped without the others.
  func part(isFold: Bool = false, _ onEvent: @escaping @Sendable (JobEvent) -> Void) -> RunContext {
    RunContext(
      fileSystem: fileSystem, control: TrainingControl(parent: control, ignoresFinish: isFold), onEvent: onEvent)
  }
}

/// How a run ended that did not fail.
enum RunOutcome<Trained: Sendable>: Sendable {
  case trained(Trained)
  /// A checkpoint was left.
  case suspended
  case cancelled
}
