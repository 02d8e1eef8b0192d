internal import DeepLearning

/// The rows of copies that have rows of their own: every usable row is dealt to one copy, once and at random.
///
/// Rows are dealt one by one, so that a sorted file gives no copy rows of one kind. Dealt rows are numbered copy by copy,
/// and within a copy in the order of the file. Then a rank with some of the copies has a range of numbers, and needs to
/// know nothing about the rows of others.
struct RowDeal: Sendable, Hashable {
  /// Separate the random sequences of the deal and of the copies from other uses of the seed.
  private static let dealSalt: UInt64 = 0x94D0_49BB_1331_11EB
  private static let copyStride: UInt64 = 0xBF58_476D_1CE4_E5B9

  /// The number of dealt rows.
  let rowCount: Int
  let copies: Int

  /// Returns the numbers of the rows of a copy; the first copies may have one more than the others.
  func numbers(of copy: Int) -> Range<Int> { start(of: copy)..<start(of: copy + 1) }

  /// Returns the numbers of the rows of several copies.
  func numbers(of copies: Range<Int>) -> Range<Int> { start(of: copies.lowerBound)..<start(of: copies.upperBound) }

  private func start(of copy: Int) -> Int { copy * (rowCount / copies) + min(copy, rowCount % copies) }

  /// Returns the rows of the table, in the order of their numbers.
  ///
  /// `usable`: The rows to deal, ascending.
  func rows(_ usable: [Int32], seed: Int) -> [Int32] {
    precondition(usable.count == rowCount, "\(usable.count) rows for a deal of \(rowCount)")
    var dealt = usable
    var generator = RandomGenerator(seed: UInt64(seed: seed) &+ Self.dealSalt)
    generator.shuffle(&dealt)
    var rows: [Int32] = []
    rows.reserveCapacity(rowCount)
    for copy in 0..<copies { rows += stride(from: copy, to: rowCount, by: copies).map { dealt[$0] }.sorted() }
    return rows
  }

  /// Returns the numbers of a copy's rows, in the order of an epoch.
  ///
  /// `generator`: The generator of the epoch's seed; nil for the order of the file.
  func order(of copy: Int, epochSeed: UInt64?) -> [Int32] {
    var order = numbers(of: copy).map { Int32($0) }
    guard let epochSeed else { return order }
    var generator = RandomGenerator(seed: epochSeed &+ (UInt64(copy) &+ 1) &* Self.copyStride)
    generator.shuffle(&order)
    return order
  }

  /// Returns the part of a copy's order that belongs to a range of positions, all within one epoch.
  ///
  /// The positions of an epoch go around the copies, so that a copy has every ``copies``-th of them.
  func part(of copy: Int, positions: Range<Int>) -> Range<Int> {
    let (first, last) = (positions.lowerBound % rowCount, positions.lowerBound % rowCount + positions.count)
    func before(_ position: Int) -> Int { (position - copy + copies - 1) / copies }
    return before(first)..<before(last)
  }
}
