package import DeepLearning

/// How a training leaves checkpoints between two scorings; whoever runs it knows where they go.
package struct CheckpointHooks: Sendable {
  /// Asked between slices of an iteration.
  package let isDue: @Sendable () -> Bool
  /// In the middle of an iteration; training goes on from there after a crash.
  package let leave: @Sendable (TrainingProgress, NetworkState) async throws -> Void

  package init(
    isDue: @escaping @Sendable () -> Bool,
    leave: @escaping @Sendable (TrainingProgress, NetworkState) async throws -> Void
  ) {
    self.isDue = isDue
    self.leave = leave
  }
}
