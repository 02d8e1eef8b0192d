internal import DataFrames

/// The entries of the row order that each copy of this rank trains on.
///
/// Every rank derives them from the seed, so that no order is sent.
struct CopyOrder {
  private let copyCount: Int
  /// The copies of this rank.
  private let own: Range<Int>
  /// The order that all copies share; nil if each has rows of its own.
  private var shared: RowSequence?
  private var dealt: DealtOrder?

  /// - `rows`: The rows of this rank; all rows unless they are dealt.
  init(_ task: ShardTask, rows: EncodedRows, own: Range<Int>) {
    copyCount = task.shards.count
    self.own = own
    if task.shards.dealsRows {
      dealt = DealtOrder(task, own: own)
    } else {
      shared = RowSequence(rows, task.training, task.shards, shuffles: task.shuffles)
    }
  }

  /// Returns the number of entries of each copy of all ranks in a round.
  ///
  /// `positions`: Positions in the ``RowSequence``, all within one epoch.
  func counts(_ positions: Range<Int>) -> [Int] {
    guard let deal = dealt?.deal else { return positions.pieces(copyCount).map(\.count) }
    return (0..<copyCount).map { deal.part(of: $0, positions: positions).count }
  }

  /// Returns the entries of each copy of this rank in a round.
  mutating func entries(_ positions: Range<Int>) -> [[Int]] {
    dealt?.entries(positions) ?? positions.pieces(copyCount)[own].map { shared?.entries($0) ?? [] }
  }
}
