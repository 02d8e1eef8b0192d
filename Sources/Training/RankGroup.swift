/// The processes that train copies of one network together, as one of them sees them.
///
/// Every rank must make the same calls in the same order. Calls return when all ranks that they need have made them. If
/// a rank is lost, the implementation ends this process: the job resumes from its checkpoint.
package struct RankGroup: Sendable {
  /// The calls that move numbers between ranks; sizes are in floats.
  package struct Calls: Sendable {
    /// Overwrites the bytes with those of rank 0.
    ///
    /// `isIdle`: Whether rank 0 may take any time to call, because the others wait for their next order.
    let broadcast: @Sendable (_ bytes: UnsafeMutableRawBufferPointer, _ isIdle: Bool) -> Void
    /// Sends one block to each rank, and receives one from each; blocks lie one after the other, in the order of ranks.
    let exchange: @Sendable (_ sent: FloatBlocks, _ received: FloatBlocks) -> Void
    /// Completes an array of which each rank has one block.
    let gather: @Sendable (_ blocks: FloatBlocks) -> Void

    package init(
      broadcast: @escaping @Sendable (_ bytes: UnsafeMutableRawBufferPointer, _ isIdle: Bool) -> Void,
      exchange: @escaping @Sendable (_ sent: FloatBlocks, _ received: FloatBlocks) -> Void,
      gather: @escaping @Sendable (_ blocks: FloatBlocks) -> Void
    ) {
      self.broadcast = broadcast
      self.exchange = exchange
      self.gather = gather
    }
  }

  /// Numbers in blocks, one for each rank.
  package struct FloatBlocks {
    package let numbers: UnsafeMutablePointer<Float>
    /// The number of floats in each block.
    package let counts: [Int]
  }

  /// The number of this process; rank 0 makes all decisions.
  package let rank: Int
  package let count: Int
  let calls: Calls

  package init(rank: Int, count: Int, calls: Calls) {
    precondition(count > 0 && (0..<count).contains(rank), "rank \(rank) of \(count)")
    self.rank = rank
    self.count = count
    self.calls = calls
  }

  /// A process that trains alone; it exchanges its only block with itself.
  package static let alone = RankGroup(
    rank: 0, count: 1,
    calls: Calls(
      broadcast: { _, _ in },
      exchange: { sent, received in received.numbers.update(from: sent.numbers, count: sent.counts[0]) },
      gather: { _ in }))

  package var isAlone: Bool { count == 1 }

  /// Returns the part of `total` things that a rank has: parts are contiguous, in the order of ranks, and differ by at
  /// most one.
  func part(of total: Int, rank: Int) -> Range<Int> { total * rank / count..<total * (rank + 1) / count }
}

extension RankGroup {
  /// Returns the values of all ranks, in their order.
  func gathered(_ value: Float) -> [Float] {
    var values = [Float](repeating: value, count: count)
    values.withUnsafeMutableBufferPointer { buffer in
      guard let numbers = buffer.baseAddress else { return }
      calls.gather(.init(numbers: numbers, counts: [Int](repeating: 1, count: count)))
    }
    return values
  }

  /// Returns the values of rank 0 on all ranks; the values of others are ignored.
  func shared<Element: BitwiseCopyable>(_ values: [Element], isIdle: Bool = false) -> [Element] {
    guard !isAlone else { return values }
    var length = [Int64(values.count)]
    length.withUnsafeMutableBytes { calls.broadcast($0, isIdle) }
    let count = Int(length[0])
    guard count > 0 else { return [] }
    guard rank > 0 else {
      // The memory of rank 0 is only read, so no copy is made.
      values.withUnsafeBytes { calls.broadcast(UnsafeMutableRawBufferPointer(mutating: $0), false) }
      return values
    }
    return [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
      calls.broadcast(UnsafeMutableRawBufferPointer(buffer), false)
      initialized = count
    }
  }
}
