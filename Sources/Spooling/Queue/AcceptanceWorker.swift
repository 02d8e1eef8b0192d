internal import Dispatch

/// Looks at jobs' files on a thread of its own, one after the other; nothing waits for it but the answers.
///
/// The thread exists while there is something to look at. Whoever has another process for this gives the queue another
/// closure instead.
package struct AcceptanceWorker: Sendable {
  private let thread = DispatchQueue(label: "deepspool.acceptance")
  private let inspector: JobInspector

  package init(_ inspector: JobInspector) { self.inspector = inspector }

  package func inspect(_ inspection: Inspection) async -> Inspection.Finding {
    await withCheckedContinuation { continuation in
      thread.async { [inspector] in continuation.resume(returning: inspector.inspect(inspection)) }
    }
  }
}
