internal import CProcesses
internal import Glibc

/// How much memory the process of a job may have.
package struct MemoryLimit: Sendable, Equatable {
  /// Beyond the estimate, which may be off by so much.
  private static let shareOfEstimate = 1.5
  /// Stacks of threads, blocks of the heap that are not in use, the program itself.
  private static let baseBytes = 256 << 20

  /// The rule in words.
  package static var rule: String { "\(shareOfEstimate) times the estimate and \(baseBytes >> 20) MiB" }

  package let bytes: Int

  /// A limit of so many bytes.
  package init(bytes: Int) { self.bytes = bytes }

  /// - Parameters:
  ///   - budgetBytes: What all jobs may have together.
  ///   - estimateBytes: What the job was judged to need; nil where that could not be said.
  package init(budgetBytes: Int, estimateBytes: Int?) {
    guard let estimateBytes else {
      bytes = budgetBytes
      return
    }
    let wanted = Self.shareOfEstimate * Double(estimateBytes) + Double(Self.baseBytes)
    bytes = wanted < Double(budgetBytes) ? Int(wanted) : budgetBytes
  }

  /// Has the kernel refuse this process more, and ends it with ``WorkerExit/memoryLimit`` when that happens.
  ///
  /// RLIMIT_DATA counts private memory that can be written: not what is merely reserved, not files that are mapped.
  package func enforce() {
    let limit = rlim_t(max(0, bytes))
    var limits = rlimit(rlim_cur: limit, rlim_max: limit)
    setrlimit(__rlimit_resource_t(RLIMIT_DATA.rawValue), &limits)
    cprocesses_end_without_memory(WorkerExit.memoryLimit.rawValue)
  }
}
