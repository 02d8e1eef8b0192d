internal import Synchronization

/// What other threads may do to a running training: ask it to stop, and look at its counter.
package final class TrainingControl: Sendable {
  /// Why training stops before its end, the weakest reason first.
  package enum StopRequest: Int, Sendable {
    case none
    /// Leave a checkpoint and come back later.
    case suspend
    /// End now as if the epochs were done: the best model so far is the result.
    case finish
    /// Give up.
    case cancel
  }

  /// What the job is doing; only while it trains does the watchdog demand heartbeats.
  package enum Phase: Int, Sendable {
    case preparing
    case training
    case finishing
  }

  private let request = Atomic<Int>(StopRequest.none.rawValue)
  private let beats = Atomic<Int>(0)
  private let isFinishing = Atomic<Bool>(false)
  /// Models that are in training: this one, or those of the job.
  private let modelsInTraining = Atomic<Int>(0)

  private let parent: TrainingControl?

  /// Whether the model must be trained to its end for others to make sense: that of a fold.
  private let ignoresFinish: Bool
  private let canFinishNow = Atomic<Bool>(false)

  /// - `parent`: Of the job that a model belongs to; its requests reach the model, and the model's heartbeats reach it.
  /// - `ignoresFinish`: Whether a request to finish means other models only.
  package init(parent: TrainingControl? = nil, ignoresFinish: Bool = false) {
    self.parent = parent
    self.ignoresFinish = ignoresFinish
  }

  /// A model of the job is in training whose early end leaves a result.
  package func allowFinish() {
    guard !ignoresFinish else { return }
    canFinishNow.store(true, ordering: .releasing)
    parent?.allowFinish()
  }

  /// Ends the job early with what it has; false if there is nothing yet that could be its result.
  package func finish() -> Bool {
    guard canFinishNow.load(ordering: .acquiring) else { return false }
    stop(.finish)
    return true
  }

  /// Asks training to stop.
  ///
  /// Of several requests, also of several threads at once, the strongest counts: a cancellation is never taken back by a
  /// suspension.
  package func stop(_ reason: StopRequest) { request.max(reason.rawValue, ordering: .acquiringAndReleasing) }

  package var stopRequest: StopRequest {
    let own = StopRequest(rawValue: request.load(ordering: .acquiring)) ?? .none
    let above = parent?.stopRequest ?? .none
    let strongest = own.rawValue >= above.rawValue ? own : above
    return ignoresFinish && strongest == .finish ? .none : strongest
  }

  /// Moves while rows are trained or scored; a watchdog that sees it stand still knows that something hangs.
  package var heartbeats: Int { beats.load(ordering: .relaxed) }

  /// Tells that work goes on.
  package func beat() {
    beats.wrappingAdd(1, ordering: .relaxed)
    parent?.beat()
  }

  package var phase: Phase {
    if isFinishing.load(ordering: .acquiring) { return .finishing }
    return modelsInTraining.load(ordering: .acquiring) > 0 ? .training : .preparing
  }

  /// A model's training begins; until ``endTraining()`` it must give heartbeats.
  package func beginTraining() {
    modelsInTraining.wrappingAdd(1, ordering: .acquiringAndReleasing)
    parent?.beginTraining()
  }

  package func endTraining() {
    modelsInTraining.wrappingSubtract(1, ordering: .acquiringAndReleasing)
    parent?.endTraining()
  }

  /// Nothing is left but to write the result.
  package func beginFinishing() { isFinishing.store(true, ordering: .releasing) }
}
