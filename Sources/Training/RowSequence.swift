package import DataFrames
internal import DeepLearning

/// The order of the usable rows over the epochs: each epoch is a random permutation, or the order of the file.
///
/// A pure function of the seed, the epoch and the set of usable rows, so that a checkpoint contains a
/// position and no order. Sampling without replacement learns more per epoch than drawing rows with
/// replacement (Bottou 2009, Curiously fast convergence of some stochastic gradient descent algorithms),
/// and a sorted file trains like a shuffled one (docs/decisions/0020).
package struct RowSequence: Sendable {
  /// An identity for a set of rows; a position is only valid in a sequence of the same rows.
  package struct Identity: Sendable, Hashable, Codable {
    package let count: Int
    package let checksum: UInt64
  }

  /// Separates the random sequences of different epochs, and of other uses of the seed.
  private static let epochStride: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// The row numbers, ascending; nil for all rows.
  private let usable: [Int32]?
  private let rowCount: Int
  private let seed: Int
  private let shuffles: Bool
  /// Nil unless each copy of the network has rows of its own.
  private let deal: RowDeal?
  /// The dealt rows, in the order of their numbers.
  private let dealt: [Int32]
  private var epoch = -1
  private var order: [Int32] = []

  /// The sequence of the rows that `plan` trains on.
  package init(_ rows: EncodedRows, plan: TrainingPlan) {
    self.init(rows, plan.rowTraining, plan.course.shards, shuffles: plan.course.schedule.shuffles)
  }

  init(_ rows: EncodedRows, _ training: RowTraining, _ shards: ShardPlan, shuffles: Bool) {
    let eligibility = RowEligibility(rows, skipsIncompleteRows: training.skipsIncompleteRows)
    let usesAll = (0..<rows.rowCount).allSatisfy(eligibility.isTrained)
    let usable = (0..<rows.rowCount).lazy.filter(eligibility.isTrained)
    self.init(
      usesAll ? nil : Self.usable(usable, atMost: rows.rowCount), rowCount: rows.rowCount, seed: training.options.seed,
      shuffles: shuffles, dealtTo: shards.dealsRows ? shards.count : nil)
  }

  /// Returns row numbers in memory of the right size from the beginning: a long table leaves no room for copies.
  private static func usable(_ rows: some Sequence<Int>, atMost count: Int) -> [Int32] {
    var usable: [Int32] = []
    usable.reserveCapacity(count)
    for row in rows { usable.append(Int32(row)) }
    return usable
  }

  /// - `usable`: The row numbers, ascending; at least one.
  /// - `rowCount`: The rows of the table.
  /// - `copies`: The number of copies of the network that have rows of their own; nil if all see all rows.
  package init(usable: [Int], rowCount: Int, seed: Int, shuffles: Bool, dealtTo copies: Int? = nil) {
    let usesAll = usable.count == rowCount
    self.init(
      usesAll ? nil : Self.usable(usable, atMost: usable.count), rowCount: rowCount, seed: seed, shuffles: shuffles,
      dealtTo: copies)
  }

  private init(_ usable: [Int32]?, rowCount: Int, seed: Int, shuffles: Bool, dealtTo copies: Int?) {
    precondition(
      (usable?.count ?? rowCount) > 0, "none of the \(rowCount) rows is usable; a sequence needs at least one")
    self.usable = usable
    self.rowCount = rowCount
    self.seed = seed
    self.shuffles = shuffles
    deal = copies.map { RowDeal(rowCount: usable?.count ?? rowCount, copies: $0) }
    dealt = deal?.rows(usable ?? Array(0..<Int32(rowCount)), seed: seed) ?? []
  }

  /// Where the rows of entries lie in the table.
  var places: RowPlaces {
    deal == nil ? RowPlaces(rowCount: rowCount) : RowPlaces(rowCount: rowCount, dealt: dealt)
  }

  /// Returns the rows of the table that some copies have of their own, in the order of their numbers.
  func rows(of copies: Range<Int>) -> [Int] { deal.map { dealt[$0.numbers(of: copies)].map { Int($0) } } ?? [] }

  /// The rows per epoch.
  package var epochRows: Int { usable?.count ?? rowCount }

  package var identity: Identity {
    // FNV-1a over the row numbers.
    func sum(_ rows: some Sequence<Int32>) -> UInt64 {
      rows.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64(UInt32(bitPattern: $1))) &* 0x100_0000_01B3 }
    }
    let rows = usable.map { sum($0) } ?? sum(0..<Int32(rowCount))
    let checksum = deal.map { rows ^ UInt64($0.copies) } ?? rows
    return Identity(count: epochRows, checksum: checksum)
  }

  /// Returns row numbers plus `rowCount` times the number of the epoch; these entries seed dropout masks.
  ///
  /// If rows are dealt, the numbers are those of the ``RowDeal``.
  ///
  /// `range`: Positions in the sequence, all within one epoch.
  package mutating func entries(_ range: Range<Int>) -> [Int] {
    guard !range.isEmpty else { return [] }
    let wanted = range.lowerBound / epochRows
    precondition((range.upperBound - 1) / epochRows == wanted, "positions \(range) span several epochs")
    if wanted != epoch { begin(wanted) }
    let first = range.lowerBound - wanted * epochRows
    return order[first..<first + range.count].map { Int($0) + wanted * rowCount }
  }

  private mutating func begin(_ epoch: Int) {
    self.epoch = epoch
    // The old order makes room for the new one.
    order = []
    let epochSeed = Self.epochSeed(epoch, seed: seed)
    if let deal {
      let orders = (0..<deal.copies).map { deal.order(of: $0, epochSeed: shuffles ? epochSeed : nil) }
      order = (0..<epochRows).map { orders[$0 % deal.copies][$0 / deal.copies] }
      return
    }
    order = usable ?? Array(0..<Int32(rowCount))
    guard shuffles else { return }
    var generator = RandomGenerator(seed: epochSeed)
    generator.shuffle(&order)
  }

  /// The seed of the order of an epoch.
  static func epochSeed(_ epoch: Int, seed: Int) -> UInt64 {
    UInt64(seed: seed) &+ (UInt64(epoch) &+ 1) &* epochStride
  }
}

extension TrainingProgress {
  /// The largest number of epochs; multiplied by the rows of a table, it fits into 64 bits.
  static let maximumEpochs = 1 << 31

  /// Returns the progress of a training that continues with the rows of `identity`.
  ///
  /// - Returns: The progress, and whether the rows have changed, so that a new epoch begins.
  package func continued(on identity: RowSequence.Identity) -> (progress: TrainingProgress, hasOtherRows: Bool) {
    var progress = self
    progress.rowSet = identity
    guard rowSet != identity, samples > 0 else {
      // A position that no training reaches would overflow when it is converted to epochs.
      progress.position = min(position, Self.maximumEpochs * identity.count)
      return (progress, false)
    }
    let before = rowSet?.count ?? identity.count
    progress.position = min((position + before - 1) / before, Self.maximumEpochs) * identity.count
    return (progress, rowSet != nil)
  }
}
