/// The task of a rank: to train its copies of a network on rows that it receives.
struct ShardTask: Sendable, Codable {
  let training: RowTraining
  let shards: ShardPlan
  /// The number of copies that a rank trains at the same time.
  let threads: Int
}
