internal import CProcesses
internal import Glibc

/// The memory limit of a worker process.
package struct MemoryLimit: Sendable, Equatable {
  /// The tolerance of the estimate.
  private static let shareOfEstimate = 1.5
  /// Thread stacks, unused heap blocks and the program itself.
  private static let baseBytes = 256 << 20

  /// The formula in words.
  package static var rule: String { "\(shareOfEstimate) times the estimate and \(baseBytes >> 20) MiB" }

  package let bytes: Int

  package init(bytes: Int) { self.bytes = bytes }

  /// Derives the limit from the budget and the estimate.
  ///
  /// - Parameters:
  ///   - budgetBytes: The memory for all jobs together.
  ///   - estimateBytes: The estimated need of the job; nil if it could not be estimated.
  package init(budgetBytes: Int, estimateBytes: Int?) {
    let wanted = Self.wantedBytes(estimateBytes)
    bytes = wanted < Double(budgetBytes) ? Int(wanted) : budgetBytes
  }

  /// Whether the budget for all jobs made the limit lower than the estimate alone would have.
  ///
  /// `estimateBytes`: The estimate from which the limit was derived.
  package func isBudget(estimateBytes: Int?) -> Bool { Double(bytes) < Self.wantedBytes(estimateBytes).rounded(.down) }

  private static func wantedBytes(_ estimateBytes: Int?) -> Double {
    estimateBytes.map { shareOfEstimate * Double($0) + Double(baseBytes) } ?? .infinity
  }

  /// Makes the kernel enforce the limit; this process then exits with ``WorkerExit/memoryLimit``
  /// when it exceeds it.
  ///
  /// RLIMIT_DATA counts private writable memory, but not mere reservations or mapped files.
  package func enforce() {
    let limit = rlim_t(max(0, bytes))
    var limits = rlimit(rlim_cur: limit, rlim_max: limit)
    setrlimit(__rlimit_resource_t(RLIMIT_DATA.rawValue), &limits)
    cprocesses_end_without_memory(WorkerExit.memoryLimit.rawValue)
  }
}
