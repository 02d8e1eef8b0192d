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
  /// The fraction of zeros among inputs stored as bytes, in the whole table.
  let zeroByteShare: Double
  /// The number of copies that a rank trains at the same time.
  let threads: Int

  /// - Parameters:
  ///   - plan: The plan.
  ///   - rows: The rows of the table.
  ///   - parts: Their inputs, if `rows` has none.
  ///   - threads: The number of threads of a rank.
  init(_ plan: TrainingPlan, rows: EncodedRows, parts: PartedRows?, threads: Int) {
    training = plan.rowTraining
    shards = plan.course.shards
    shuffles = plan.course.schedule.shuffles
    rowCount = rows.rowCount
    zeroByteShare = parts?.zeroByteShare ?? rows.zeroByteShare
    usableRows = plan.course.schedule.epochRows
    self.threads = threads
  }

  /// Returns the loop that trains the copies of a rank; see ``ShardedLoop``.
  ///
  /// - `rows`: The rows of this rank's copies, or all rows.
  /// - `sequence`: The row order, by which dealt rows are found among all rows; nil if the rank has only its own.
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
