internal import DataFrames
internal import DeepLearning

/// The task of a rank: to train its copies of a network on rows that it receives.
struct ShardTask: Sendable, Codable {
  let training: RowTraining
  let shards: ShardPlan
  /// Whether the order of the rows is random.
  let shuffles: Bool
  /// The rows of the table, and how many of them are trained.
  let rowCount: Int
  let usableRows: Int
  /// The number of copies that a rank trains at the same time.
  let threads: Int

  init(_ plan: TrainingPlan, rowCount: Int, threads: Int) {
    training = plan.rowTraining
    shards = plan.course.shards
    shuffles = plan.course.schedule.shuffles
    self.rowCount = rowCount
    usableRows = plan.course.schedule.epochRows
    self.threads = threads
  }

  /// Returns the loop that trains the copies of a rank; see ``ShardedLoop``.
  ///
  /// - `rows`: All rows on rank 0; on others the rows of their copies if rows are dealt, and all rows if not.
  /// - `sequence`: The row order; nil on ranks other than 0.
  func makeLoop(
    rows: EncodedRows, sequence: RowSequence?, state: NetworkState, ranks: RankGroup = .alone,
    clock: TrainingClock? = nil, heartbeat: @escaping @Sendable () -> Void
  ) -> any CopyLoop {
    guard let trainer = training.options.engine.copyTrainer else {
      preconditionFailure("copies of this engine cannot be averaged; ShardPlan must have one copy")
    }
    let own = ranks.part(of: shards.count, rank: ranks.rank)
    let first = shards.dealsRows ? RowDeal(rowCount: usableRows, copies: shards.count).numbers(of: own).lowerBound : 0
    let places = sequence?.places ?? RowPlaces(rowCount: rowCount, first: first)
    func loop<Engine: AveragedTrainer>(_ type: Engine.Type) -> any CopyLoop {
      ShardedLoop<Engine>(
        task: self, rows: rows, places: places, state: state, ranks: ranks, clock: clock, heartbeat: heartbeat)
    }
    return loop(trainer)
  }
}
