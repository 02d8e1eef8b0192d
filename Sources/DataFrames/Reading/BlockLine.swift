internal import Dispatch
internal import Synchronization

/// A pool that processes blocks in parallel and returns the results in the order of their addition.
///
/// It limits the blocks in memory to the number of threads: adding waits until a thread is free.
final class BlockLine: Sendable {
  private let results = Mutex<[Int: BlockColumns]>([:])
  private let added = Mutex(0)
  private let places: DispatchSemaphore
  private let group = DispatchGroup()
  private let queue = DispatchQueue(label: "deepspool.tables", attributes: .concurrent)

  init(threads: Int) { places = DispatchSemaphore(value: max(1, threads)) }

  func add(_ work: @escaping @Sendable () -> BlockColumns) {
    let number = added.withLock { added in
      added += 1
      return added - 1
    }
    places.wait()
    queue.async(group: group) { [self] in
      let result = work()
      results.withLock { $0[number] = result }
      places.signal()
    }
  }

  /// Waits for all blocks; call it once.
  func finish() -> [BlockColumns] {
    group.wait()
    return results.withLock { results in results.sorted { $0.key < $1.key }.map(\.value) }
  }
}
