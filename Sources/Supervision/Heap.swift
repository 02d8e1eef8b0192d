internal import CProcesses

/// The memory management of this process.
package enum Heap {
  private static let returnedBytes: Int32 = 1 << 17

  /// Trades speed for size: one pool for all threads, and large blocks go back to the system at once.
  ///
  /// By default each thread has a pool of its own, and a pool keeps what a burst of files once needed.
  package static func keepSmall() { cprocesses_keep_heap_small(returnedBytes) }
}
