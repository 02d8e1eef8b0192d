internal import CKernels

/// A namespace for memory prefetching.
package enum CacheLines {
  /// Prefetches `memory` into the cache without waiting for it.
  package static func fetch(_ memory: UnsafeRawBufferPointer) {
    guard let start = memory.baseAddress else { return }
    ck_fetch_memory(start, memory.count)
  }
}
