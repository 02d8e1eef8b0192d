/// Uninitialised memory: pages of its own where it is large, which return to the system at once, else the heap's.
///
/// `@unchecked Sendable`: the owner decides which thread may write.
final class Room: @unchecked Sendable {
  private static let largeBytes = 1 << 16

  let start: UnsafeMutableRawPointer
  private let pages: Pages?

  init(byteCount: Int) {
    pages = byteCount < Self.largeBytes ? nil : Pages(byteCount: byteCount)
    start = pages.map { UnsafeMutableRawPointer($0.start) } ?? .allocate(byteCount: max(1, byteCount), alignment: 16)
  }

  /// Allocates memory that is set to zero.
  convenience init(zeros byteCount: Int) {
    self.init(byteCount: byteCount)
    // Pages are zero as they come.
    if pages == nil { start.initializeMemory(as: UInt8.self, repeating: 0, count: byteCount) }
  }

  deinit { if pages == nil { start.deallocate() } }
}
