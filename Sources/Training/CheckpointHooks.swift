package import DeepLearning

/// The callbacks that write checkpoints within an iteration; the caller decides where they go.
package struct CheckpointHooks: Sendable {
  /// Returns whether a checkpoint is due; called between slices of an iteration.
  package let isDue: @Sendable () -> Bool
  /// Writes a checkpoint in the middle of an iteration, from which training resumes after a crash.
  package let leave: @Sendable (TrainingProgress, NetworkState) async throws -> Void

  package init(
    isDue: @escaping @Sendable () -> Bool,
    leave: @escaping @Sendable (TrainingProgress, NetworkState) async throws -> Void
  ) {
    self.isDue = isDue
    self.leave = leave
  }
}
