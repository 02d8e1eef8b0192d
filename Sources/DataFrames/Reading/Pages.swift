internal import Glibc

/// Memory of its own from the system, which has it back at once afterwards: the heap would keep it for later.
///
/// `@unchecked Sendable`: who shares it says who may write.
final class Pages: @unchecked Sendable {
  let start: UnsafeMutablePointer<UInt8>
  private let mapped: UnsafeMutableRawPointer
  private let byteCount: Int

  /// So many zero bytes; nil where the system has no such memory.
  init?(byteCount: Int) {
    self.byteCount = max(1, byteCount)
    let mapped = mmap(nil, self.byteCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let mapped, mapped != MAP_FAILED else { return nil }
    self.mapped = mapped
    start = mapped.bindMemory(to: UInt8.self, capacity: self.byteCount)
  }

  deinit { munmap(mapped, byteCount) }
}
