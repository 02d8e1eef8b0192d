extension RankGroup {
  /// The size of a letter, in the bytes that precede it.
  private static let sizeBytes = MemoryLayout<Int64>.stride

  /// Exchanges one letter between rank 0 and each other rank; all ranks must call it.
  ///
  /// - Parameter letters: One for each rank; rank 0 writes to all others, and these write to rank 0 only.
  /// - Returns: The letters received, by the number of their sender.
  func exchanged(_ letters: [[UInt8]]) -> [[UInt8]] {
    precondition(letters.count == count, "\(letters.count) letters for \(count) ranks")
    let partners = (0..<count).filter { rank == 0 ? $0 > 0 : $0 == 0 }
    var (sizes, expected) = ([[UInt8]](repeating: [], count: count), [Int](repeating: 0, count: count))
    for partner in partners {
      sizes[partner] = withUnsafeBytes(of: Int64(letters[partner].count)) { Array($0) }
      expected[partner] = Self.sizeBytes
    }
    let received = exchange(sizes, receiving: expected)
    for partner in partners {
      expected[partner] = Int(received[partner].withUnsafeBytes { $0.loadUnaligned(as: Int64.self) })
    }
    return exchange(letters, receiving: expected)
  }

  /// Sends bytes to each rank, and receives `sizes` bytes from each; the calls count in floats.
  private func exchange(_ sent: [[UInt8]], receiving sizes: [Int]) -> [[UInt8]] {
    func floats(_ byteCount: Int) -> Int { (byteCount + MemoryLayout<Float>.stride - 1) / MemoryLayout<Float>.stride }
    let (sentCounts, receivedCounts) = (sent.map { floats($0.count) }, sizes.map(floats))
    let outgoing = UnsafeMutablePointer<Float>.allocate(capacity: max(1, sentCounts.reduce(0, +)))
    let incoming = UnsafeMutablePointer<Float>.allocate(capacity: max(1, receivedCounts.reduce(0, +)))
    defer {
      outgoing.deallocate()
      incoming.deallocate()
    }
    var place = outgoing
    for (letter, count) in zip(sent, sentCounts) where count > 0 {
      // The last number may be padded.
      (place + count - 1).initialize(to: 0)
      letter.withUnsafeBytes {
        UnsafeMutableRawBufferPointer(start: place, count: $0.count).copyMemory(from: $0)
      }
      place += count
    }
    calls.exchange(.init(numbers: outgoing, counts: sentCounts), .init(numbers: incoming, counts: receivedCounts))
    var next = UnsafePointer(incoming)
    return zip(sizes, receivedCounts).map { size, count in
      defer { next += count }
      return Array(UnsafeRawBufferPointer(start: next, count: size))
    }
  }
}
