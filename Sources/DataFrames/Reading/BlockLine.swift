internal import Dispatch
internal import Synchronization

/// Works on blocks side by side and gives the results in the order in which the blocks were added.
///
/// Holds no more blocks than its threads have use for: adding waits until one of them is free.
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

  /// Waits for all; to be called once.
  func finish() -> [BlockColumns] {
    group.wait()
    return results.withLock { results in results.sorted { $0.key < $1.key }.map(\.value) }
  }
}
