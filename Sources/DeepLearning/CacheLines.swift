internal import CKernels

/// Asks the processor for memory before it is needed.
package enum CacheLines {
  /// Starts loading `memory` into the cache and returns at once.
  package static func fetch(_ memory: UnsafeRawBufferPointer) {
    guard let start = memory.baseAddress else { return }
    ck_fetch_memory(start, memory.count)
  }
}
