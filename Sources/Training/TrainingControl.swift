internal import Synchronization

/// The interface through which other threads stop a running training and observe its heartbeats.
package final class TrainingControl: Sendable {
  /// A request to stop training early, in ascending order of strength.
  package enum StopRequest: Int, Sendable {
    case none
    /// Write a checkpoint and resume later.
    case suspend
    /// End now as if the epochs were complete; the best model so far is the result.
    case finish
    /// Discard the training.
    case cancel
  }

  /// The phase of the job; the watchdog expects heartbeats only during training.
  package enum Phase: Int, Sendable {
    case preparing
    case training
    case finishing
  }

  private let request = Atomic<Int>(StopRequest.none.rawValue)
  private let beats = Atomic<Int>(0)
  private let isFinishing = Atomic<Bool>(false)
  /// The number of models in training: this one, or those of the job.
  private let modelsInTraining = Atomic<Int>(0)

  private let parent: TrainingControl?

  /// Whether requests to finish are ignored, as in the model of a fold, which others need complete.
  private let ignoresFinish: Bool
  private let canFinishNow = Atomic<Bool>(false)

  /// - `parent`: The control of the job that the model belongs to. It passes requests down and receives heartbeats.
  /// - `ignoresFinish`: Whether requests to finish apply to other models only.
  package init(parent: TrainingControl? = nil, ignoresFinish: Bool = false) {
    self.parent = parent
    self.ignoresFinish = ignoresFinish
  }

  /// Records that a model of the job is in training whose early end leaves a result.
  package func allowFinish() {
    guard !ignoresFinish else { return }
    canFinishNow.store(true, ordering: .releasing)
    parent?.allowFinish()
  }

  /// Ends the job early with its current result; returns false if there is none yet.
  package func finish() -> Bool {
    guard canFinishNow.load(ordering: .acquiring) else { return false }
    stop(.finish)
    return true
  }

  /// Requests that training stops.
  ///
  /// The strongest of several requests wins, even if threads make them at the
  /// same time: a suspension never overrides a cancellation.
  package func stop(_ reason: StopRequest) { request.max(reason.rawValue, ordering: .acquiringAndReleasing) }

  package var stopRequest: StopRequest {
    let own = StopRequest(rawValue: request.load(ordering: .acquiring)) ?? .none
    let above = parent?.stopRequest ?? .none
    let strongest = own.rawValue >= above.rawValue ? own : above
    return ignoresFinish && strongest == .finish ? .none : strongest
  }

  /// A counter that increases while rows are trained or scored; the watchdog detects a hang when it stops.
  package var heartbeats: Int { beats.load(ordering: .relaxed) }

  /// Signals progress.
  package func beat() {
    beats.wrappingAdd(1, ordering: .relaxed)
    parent?.beat()
  }

  package var phase: Phase {
    if isFinishing.load(ordering: .acquiring) { return .finishing }
    return modelsInTraining.load(ordering: .acquiring) > 0 ? .training : .preparing
  }

  /// Starts the training of a model; until ``endTraining()`` it must send heartbeats.
  package func beginTraining() {
    modelsInTraining.wrappingAdd(1, ordering: .acquiringAndReleasing)
    parent?.beginTraining()
  }

  package func endTraining() {
    modelsInTraining.wrappingSubtract(1, ordering: .acquiringAndReleasing)
    parent?.endTraining()
  }

  /// Marks that only writing the result is left.
  package func beginFinishing() { isFinishing.store(true, ordering: .releasing) }
}
