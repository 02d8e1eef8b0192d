package import DataFrames
internal import DeepLearning

/// The usable rows, epoch after epoch: each epoch is a random permutation of them, or their order in the file.
///
/// A pure function of the seed, the epoch and the set of usable rows, so that a checkpoint holds a position and no order.
/// Sampling without replacement learns more from an epoch than drawing rows does (Bottou 2009, Curiously fast convergence
/// of some stochastic gradient descent algorithms), and a sorted file trains like a shuffled one (decision 20).
package struct RowSequence: Sendable {
  /// Tells two sets of rows apart: a position in the sequence of one means nothing in that of another.
  package struct Identity: Sendable, Hashable, Codable {
    package let count: Int
    package let checksum: UInt64
  }

  /// Draws of different epochs and of other uses of the seed have nothing in common.
  private static let epochStride: UInt64 = 0x9E37_79B9_7F4A_7C15

  private let usable: [Int32]
  private let rowCount: Int
  private let seed: Int
  private let shuffles: Bool
  private var epoch = -1
  private var order: [Int32] = []

  /// The sequence of the rows that `plan` trains on.
  package init(_ rows: EncodedRows, plan: TrainingPlan) {
    let eligibility = RowEligibility(rows, skipsIncompleteRows: plan.skipsIncompleteRows)
    self.init(
      usable: (0..<rows.rowCount).filter(eligibility.isTrained), rowCount: rows.rowCount, seed: plan.options.seed,
      shuffles: plan.schedule.shuffles)
  }

  /// - `usable`: Row numbers, ascending; at least one.
  /// - `rowCount`: Rows of the table.
  package init(usable: [Int], rowCount: Int, seed: Int, shuffles: Bool) {
    precondition(!usable.isEmpty, "a sequence needs at least one of \(rowCount) rows")
    self.usable = usable.map(Int32.init)
    self.rowCount = rowCount
    self.seed = seed
    self.shuffles = shuffles
  }

  /// Rows of an epoch.
  package var epochRows: Int { usable.count }

  package var identity: Identity {
    // FNV-1a over the row numbers.
    let checksum = usable.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64(UInt32(bitPattern: $1))) &* 0x100_0000_01B3 }
    return Identity(count: usable.count, checksum: checksum)
  }

  /// Row numbers plus `rowCount` times the number of their epoch, which is what dropout masks are seeded with.
  ///
  /// `range`: Of positions in the sequence, all of one epoch.
  package mutating func entries(_ range: Range<Int>) -> [Int] {
    guard !range.isEmpty else { return [] }
    let wanted = range.lowerBound / epochRows
    precondition((range.upperBound - 1) / epochRows == wanted, "positions \(range) are of several epochs")
    if wanted != epoch { begin(wanted) }
    let first = range.lowerBound - wanted * epochRows
    return order[first..<first + range.count].map { Int($0) + wanted * rowCount }
  }

  private mutating func begin(_ epoch: Int) {
    self.epoch = epoch
    order = usable
    guard shuffles else { return }
    var generator = RandomGenerator(seed: UInt64(seed: seed) &+ (UInt64(epoch) &+ 1) &* Self.epochStride)
    generator.shuffle(&order)
  }
}

extension TrainingProgress {
  /// Epochs that a training can be in; times the rows of a table they fit into 64 bits.
  static let maximumEpochs = 1 << 31

  /// The progress of a training that goes on with the rows of `identity`.
  ///
  /// - Returns: Where it goes on, and whether the rows are others than before, so that a new epoch begins.
  package func continued(on identity: RowSequence.Identity) -> (progress: TrainingProgress, hasOtherRows: Bool) {
    var progress = self
    progress.rowSet = identity
    guard rowSet != identity, samples > 0 else {
      // A position that no training reaches would overflow when it is counted in epochs.
      progress.position = min(position, Self.maximumEpochs * identity.count)
      return (progress, false)
    }
    let before = rowSet?.count ?? identity.count
    progress.position = min((position + before - 1) / before, Self.maximumEpochs) * identity.count
    return (progress, rowSet != nil)
  }
}
