/// Uninitialised memory: pages of its own where it is large, which return to the system at once, else the heap's.
///
/// `@unchecked Sendable`: the owner decides which thread may write.
final class Room: @unchecked Sendable {
  private static let largeBytes = 1 << 15

  let start: UnsafeMutableRawPointer
  private let pages: Pages?
  /// The pool that the pages return to.
  private let pool: PagePool?

  init(byteCount: Int, pool: PagePool? = nil) {
    self.pool = pool
    pages =
      byteCount < Self.largeBytes ? nil : pool.map { $0.take(byteCount: byteCount) } ?? Pages(byteCount: byteCount)
    start = pages.map { UnsafeMutableRawPointer($0.start) } ?? .allocate(byteCount: max(1, byteCount), alignment: 16)
  }

  /// Allocates memory that is set to zero.
  convenience init(zeros byteCount: Int, pool: PagePool? = nil) {
    self.init(byteCount: byteCount, pool: pool)
    // New pages are zero as they come.
    if pages == nil || pool != nil { start.initializeMemory(as: UInt8.self, repeating: 0, count: byteCount) }
  }

  /// Returns what lies behind the first `byteCount` bytes to the system, if the memory is large.
  func trim(to byteCount: Int) { pages?.trim(to: byteCount) }

  deinit {
    if pages == nil { start.deallocate() } else { pool?.give(pages) }
  }
}
