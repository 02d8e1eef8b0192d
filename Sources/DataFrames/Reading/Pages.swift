internal import Glibc

/// Memory from the system that is returned at once when freed, whereas the heap would keep it.
///
/// `@unchecked Sendable`: the owner decides which thread may write.
final class Pages: @unchecked Sendable {
  let start: UnsafeMutablePointer<UInt8>
  private let mapped: UnsafeMutableRawPointer
  private(set) var byteCount: Int

  /// Allocates `byteCount` zero bytes; nil without enough memory.
  init?(byteCount: Int) {
    self.byteCount = max(1, byteCount)
    let mapped = mmap(nil, self.byteCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let mapped, mapped != MAP_FAILED else { return nil }
    self.mapped = mapped
    start = mapped.bindMemory(to: UInt8.self, capacity: self.byteCount)
  }

  deinit { munmap(mapped, byteCount) }

  /// Returns the memory behind the first `count` bytes to the system.
  func trim(to count: Int) {
    let pageBytes = Int(getpagesize())
    let kept = max(1, (count + pageBytes - 1) / pageBytes) * pageBytes
    guard kept < byteCount else { return }
    munmap(mapped + kept, byteCount - kept)
    byteCount = kept
  }
}
