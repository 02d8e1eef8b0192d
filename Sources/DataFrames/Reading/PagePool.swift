internal import Synchronization

/// Memory for pieces of a table, which are needed one after the other.
///
/// New memory costs the system nearly as much time as the bytes in it take to decode.
final class PagePool: Sendable {
  /// Sizes are multiples of this, so that pieces of similar size fit the memory of each other.
  private static let stepBytes = 1 << 16
  /// Memory is used for pieces that fill at least this fraction of it.
  private static let leastFraction = 4

  private let free = Mutex<[Pages]>([])

  /// Returns at least `byteCount` bytes, whose content is undefined; nil without enough memory.
  func take(byteCount: Int) -> Pages? {
    let used = free.withLock { free -> Pages? in
      var best: Int?
      for (index, pages) in free.enumerated()
      where pages.byteCount >= byteCount && pages.byteCount / Self.leastFraction <= byteCount {
        if best.map({ pages.byteCount < free[$0].byteCount }) ?? true { best = index }
      }
      guard let best else {
        // Other memory makes room for what is allocated now.
        _ = free.popLast()
        return nil
      }
      return free.remove(at: best)
    }
    return used ?? Pages(byteCount: (byteCount + Self.stepBytes - 1) / Self.stepBytes * Self.stepBytes)
  }

  func give(_ pages: Pages?) {
    guard let pages else { return }
    free.withLock { $0.append(pages) }
  }
}
