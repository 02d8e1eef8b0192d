internal import Synchronization

/// Memory in which the pages of a column are decoded.
///
/// `@unchecked Sendable`: one thread at a time uses it.
final class ChunkScratch: @unchecked Sendable {
  let presence = Presence()
  /// The numbers of a page.
  let numbers = NumberBuffer()
  /// The numbers of the dictionary.
  let entries = NumberBuffer()
  /// The unpacked page; it grows to the largest one.
  @exclusivity(unchecked) var unpacked: Pages?
  /// The size of the unpacked page.
  @exclusivity(unchecked) var unpackedBytes = 0
  @exclusivity(unchecked) private var indexes: UnsafeMutableBufferPointer<UInt32> = .allocate(capacity: 0)

  deinit { indexes.deallocate() }

  /// Returns room for `count` numbers of entries, which the next call overwrites.
  func makeIndexes(_ count: Int) -> UnsafeMutableBufferPointer<UInt32> {
    if indexes.count < count {
      indexes.deallocate()
      indexes = .allocate(capacity: count)
    }
    return UnsafeMutableBufferPointer(rebasing: indexes[..<count])
  }
}

/// The memory of the threads that decode columns.
final class ScratchPool: Sendable {
  private let free = Mutex<[ChunkScratch]>([])
  /// Orders what one thread wrote before what the next one reads.
  ///
  /// The mutex already does this, but ThreadSanitizer recognizes only the counter: a contended `Mutex` makes system calls.
  private let handovers = Atomic(0)

  func take() -> ChunkScratch {
    free.withLock {
      handovers.add(1, ordering: .acquiringAndReleasing)
      return $0.popLast()
    } ?? ChunkScratch()
  }

  func give(_ scratch: ChunkScratch) {
    free.withLock {
      $0.append(scratch)
      handovers.add(1, ordering: .acquiringAndReleasing)
    }
  }
}
