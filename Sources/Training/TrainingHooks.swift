package import DeepLearning

/// What training asks after each iteration.
///
/// The composition root answers with the scorer's words.
package struct TrainingHooks: Sendable {
  package enum Answer: Sendable {
    case goOn
    case handSnapshot
    /// A snapshot for later; training goes on whatever becomes of it.
    case leaveSnapshot
    case stop
  }

  package enum Verdict: Sendable {
    case goOn
    case stop
  }

  /// Progress, and whether the epochs are done.
  package let afterIteration: @Sendable (TrainingProgress, Bool) async throws -> Answer
  /// Also gives the network to go on with, where it is not the one that was handed over.
  package let takeSnapshot: @Sendable (TrainingProgress, NetworkState) async throws -> (Verdict, NetworkState?)

  package let leaveSnapshot: @Sendable (TrainingProgress, NetworkState) async -> Void

  /// Asked between slices of an iteration.
  package let isCheckpointDue: @Sendable () -> Bool
  /// In the middle of an iteration; training goes on from there after a crash.
  package let leaveCheckpoint: @Sendable (TrainingProgress, NetworkState) async throws -> Void

  package init(
    afterIteration: @escaping @Sendable (TrainingProgress, Bool) async throws -> Answer,
    takeSnapshot: @escaping @Sendable (TrainingProgress, NetworkState) async throws -> (Verdict, NetworkState?),
    leaveSnapshot: @escaping @Sendable (TrainingProgress, NetworkState) async -> Void,
    isCheckpointDue: @escaping @Sendable () -> Bool,
    leaveCheckpoint: @escaping @Sendable (TrainingProgress, NetworkState) async throws -> Void
  ) {
    self.isCheckpointDue = isCheckpointDue
    self.leaveCheckpoint = leaveCheckpoint
    self.leaveSnapshot = leaveSnapshot
    self.afterIteration = afterIteration
    self.takeSnapshot = takeSnapshot
  }
}
