internal import DeepLearning

/// The row orders of this rank's copies, each of which has rows of its own.
struct DealtOrder {
  let deal: RowDeal
  private let own: Range<Int>
  /// The rows of the table, by which the entries of each epoch are moved.
  private let rowCount: Int
  private let seed: Int
  private let shuffles: Bool
  private var epoch = -1
  /// The orders of the epoch.
  private var orders: [[Int32]] = []

  /// - `own`: The copies of this rank.
  init(_ task: ShardTask, own: Range<Int>) {
    deal = RowDeal(rowCount: task.usableRows, copies: task.shards.count)
    self.own = own
    (rowCount, seed, shuffles) = (task.rowCount, task.training.options.seed, task.shuffles)
  }

  /// Returns the entries of each copy of this rank in a round; see ``CopyOrder/entries(_:)``.
  mutating func entries(_ positions: Range<Int>) -> [[Int]] {
    let wanted = positions.lowerBound / deal.rowCount
    if wanted != epoch {
      epoch = wanted
      let epochSeed = shuffles ? RowSequence.epochSeed(epoch, seed: seed) : nil
      orders = own.map { deal.order(of: $0, epochSeed: epochSeed) }
    }
    return zip(own, orders).map { copy, order in
      order[deal.part(of: copy, positions: positions)].map { Int($0) + epoch * rowCount }
    }
  }
}
