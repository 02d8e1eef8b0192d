internal import DataFrames
internal import DeepLearning

/// The task of a rank: to train its copies of a network on rows that it receives.
struct ShardTask: Sendable, Codable {
  let training: RowTraining
  let shards: ShardPlan
  /// The number of copies that a rank trains at the same time.
  let threads: Int

  /// Returns the loop that trains the copies of this rank; see ``ShardedLoop``.
  func makeLoop(
    rows: EncodedRows, state: NetworkState, ranks: RankGroup = .alone, clock: TrainingClock? = nil,
    heartbeat: @escaping @Sendable () -> Void
  ) -> any CopyLoop {
    guard let trainer = training.options.engine.copyTrainer else {
      preconditionFailure("copies of this engine cannot be averaged; ShardPlan must have one copy")
    }
    func loop<Engine: AveragedTrainer>(_ type: Engine.Type) -> any CopyLoop {
      ShardedLoop<Engine>(task: self, rows: rows, state: state, ranks: ranks, clock: clock, heartbeat: heartbeat)
    }
    return loop(trainer)
  }
}
