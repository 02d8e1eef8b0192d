internal import DeepLearning

/// The mean of copies of a network, formed beside them; several ranks may train the copies.
///
/// Each rank sums one block of all copies, in the order of the copies, and receives the other sums. The arithmetic is
/// that of ``AveragedTrainer/average(_:sharesOf:)``, so the result does not depend on the number of ranks. A rank sends
/// and receives about (copies / ranks + 1) networks.
final class CopyMean {
  private let ranks: RankGroup
  /// The numbers of each copy of this rank, in parts.
  private let copies: [[UnsafeMutableBufferPointer<Float>]]
  /// The copies of all ranks.
  private let copyCount: Int
  /// The numbers in one copy.
  private let length: Int
  private let sent: UnsafeMutableBufferPointer<Float>
  private let received: UnsafeMutableBufferPointer<Float>
  private let mean: UnsafeMutableBufferPointer<Float>

  /// - `numbers`: The averaged numbers of this rank's copies, in parts; they must outlive this object.
  /// - `copyCount`: The copies of all ranks.
  init(of numbers: [[UnsafeMutableBufferPointer<Float>]], copyCount: Int, _ ranks: RankGroup) {
    self.ranks = ranks
    self.copyCount = copyCount
    copies = numbers
    length = copies.first?.reduce(0) { $0 + $1.count } ?? 0
    sent = .allocate(capacity: copies.count * length)
    received = .allocate(capacity: copyCount * ranks.part(of: length, rank: ranks.rank).count)
    mean = .allocate(capacity: length)
  }

  deinit {
    sent.deallocate()
    received.deallocate()
    mean.deallocate()
  }

  /// Forms the mean of the copies that contribute, and returns it, its parts one after the other; nil if none does.
  ///
  /// `contributes`: One value for each copy of all ranks, the same on each rank.
  func form(_ contributes: [Bool]) -> UnsafePointer<Float>? {
    guard contributes.contains(true), let sentStart = sent.baseAddress, let receivedStart = received.baseAddress,
      let meanStart = mean.baseAddress
    else { return nil }
    let blocks = (0..<ranks.count).map { ranks.part(of: length, rank: $0) }
    let own = blocks[ranks.rank]
    fillSent(blocks)
    ranks.calls.exchange(
      .init(numbers: sentStart, counts: blocks.map { $0.count * copies.count }),
      .init(
        numbers: receivedStart,
        counts: (0..<ranks.count).map { ranks.part(of: copyCount, rank: $0).count * own.count }))
    let sources = contributes.indices.filter { contributes[$0] }.map {
      UnsafePointer(receivedStart + $0 * own.count)
    }
    FastTrainer.mean(of: sources, into: [meanStart + own.lowerBound], count: own.count)
    ranks.calls.gather(.init(numbers: meanStart, counts: blocks.map(\.count)))
    return UnsafePointer(meanStart)
  }

  /// Overwrites all copies of this rank with the mean.
  func replaceCopies() {
    for copy in copies { write(to: copy) }
  }

  /// Lays out the copies by rank, then by copy.
  private func fillSent(_ blocks: [Range<Int>]) {
    guard let start = sent.baseAddress else { return }
    for (number, copy) in copies.enumerated() {
      var position = 0
      for part in copy {
        guard let numbers = part.baseAddress else { continue }
        for block in blocks where block.overlaps(position..<position + part.count) {
          let range = block.clamped(to: position..<position + part.count)
          let place = copies.count * block.lowerBound + number * block.count + range.lowerBound - block.lowerBound
          (start + place).update(from: numbers + range.lowerBound - position, count: range.count)
        }
        position += part.count
      }
    }
  }

  private func write(to copy: [UnsafeMutableBufferPointer<Float>]) {
    guard var next = mean.baseAddress else { return }
    for part in copy {
      part.baseAddress?.update(from: next, count: part.count)
      next += part.count
    }
  }
}
