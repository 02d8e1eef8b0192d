internal import Glibc

/// Memory in large pages, for tables that are read in random order.
///
/// Each row of a shuffled epoch lies on another page. With pages of 4 KB nearly every row misses the processor's address
/// translation cache; with 2 MB pages few do.
enum LargePages {
  /// The size of a large page on x86-64 and ARM64 in bytes.
  private static let pageBytes = 1 << 21

  /// Asks the kernel to back `memory` with large pages.
  ///
  /// The request is a hint: call it before the memory is first written, because pages in use stay small. Memory outside
  /// of whole large pages is unaffected.
  static func request(for memory: UnsafeMutableRawBufferPointer) {
    guard let start = memory.baseAddress else { return }
    let first = (UInt(bitPattern: start) + UInt(pageBytes) - 1) / UInt(pageBytes) * UInt(pageBytes)
    let end = (UInt(bitPattern: start) + UInt(memory.count)) / UInt(pageBytes) * UInt(pageBytes)
    guard first < end else { return }
    // Kernels without large pages refuse, which changes nothing but the speed.
    _ = madvise(UnsafeMutableRawPointer(bitPattern: first), Int(end - first), MADV_HUGEPAGE)
  }
}

extension Array where Element: BitwiseCopyable {
  /// Creates an array of `count` elements equal to `value`, in large pages where it fills some.
  init(inLargePages value: Element, count: Int) {
    self.init(unsafeUninitializedCapacity: count) { buffer, filled in
      LargePages.request(for: UnsafeMutableRawBufferPointer(buffer))
      buffer.initialize(repeating: value)
      filled = count
    }
  }
}
