/// A queue of reports that wait for space in the pipe.
///
/// If the supervisor is too slow, progress coalesces: only the latest score of each model,
/// checkpoint and progress report stay. All other reports are kept in order.
package struct ReportQueue: Sendable {
  /// The number of waiting reports from which on they coalesce; a supervisor that keeps up sees all of them.
  package static let roomBeforeCoalescing = 64

  private var reports: [WorkerReport] = []

  package init() {}

  package var isEmpty: Bool { reports.isEmpty }
  package var count: Int { reports.count }

  package mutating func add(_ report: WorkerReport) {
    if reports.count >= Self.roomBeforeCoalescing, let subject = Self.subject(of: report),
      let outdated = reports.lastIndex(where: { Self.subject(of: $0) == subject })
    {
      reports.remove(at: outdated)
    }
    reports.append(report)
  }

  package mutating func takeFirst() -> WorkerReport? { reports.isEmpty ? nil : reports.removeFirst() }

  /// The subject of a report of which only the latest matters; nil for reports that are always kept.
  private static func subject(of report: WorkerReport) -> String? {
    switch report {
    case .progress: "progress"
    case .event(let event): subject(of: event)
    case .cannotFinish, .lostRanks, .ended: nil
    }
  }

  private static func subject(of event: JobEvent) -> String? {
    switch event {
    case .scored: "scored"
    case .checkpointed: "checkpointed"
    case .ofPart(let part, let event): subject(of: event).map { "\(part)/\($0)" }
    case .processStarted, .tableRead, .heldOut, .planned, .warning, .resumed, .finished, .modelCount, .crossValidated,
      .modelFailed, .processEnded:
      nil
    }
  }
}
