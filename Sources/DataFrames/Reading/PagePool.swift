internal import Synchronization

/// Memory for pieces of a file, which are read one after the other.
///
/// New memory costs the system nearly as much time as the bytes in it take to decode.
final class PagePool: Sendable {
  private let free = Mutex<[Pages]>([])

  /// Returns at least `byteCount` bytes, whose content is undefined; nil without enough memory.
  func take(byteCount: Int) -> Pages? {
    let used = free.withLock { free -> Pages? in
      guard let index = free.lastIndex(where: { $0.byteCount >= byteCount }) else {
        // Smaller memory makes room for what is allocated now.
        _ = free.popLast()
        return nil
      }
      return free.remove(at: index)
    }
    return used ?? Pages(byteCount: byteCount)
  }

  func give(_ pages: Pages?) {
    guard let pages else { return }
    free.withLock { $0.append(pages) }
  }
}
