/// Reports that wait for room in the pipe.
///
/// Progress coalesces where the supervisor does not keep up: of the scores of a model, of its checkpoints and of plain
/// progress only the latest stays. Everything else is kept, in order.
package struct ReportQueue: Sendable {
  /// Reports that may wait before any coalesce: a supervisor that keeps up sees all.
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

  /// What a report is the latest news of; nil where an older one stays worth telling.
  private static func subject(of report: WorkerReport) -> String? {
    switch report {
    case .progress: "progress"
    case .event(let event): subject(of: event)
    case .cannotFinish, .ended: nil
    }
  }

  private static func subject(of event: JobEvent) -> String? {
    switch event {
    case .scored: "scored"
    case .checkpointed: "checkpointed"
    case .ofPart(let part, let event): subject(of: event).map { "\(part)/\($0)" }
    case .tableRead, .heldOut, .planned, .warning, .resumed, .finished, .crossValidated, .modelFailed, .processEnded:
      nil
    }
  }
}
