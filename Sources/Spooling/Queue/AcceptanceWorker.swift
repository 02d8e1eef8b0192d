internal import Dispatch

/// A worker that inspects the files of jobs one after the other, on a thread of its own.
///
/// The thread exists only while there is work. To inspect in another process, give the queue another closure.
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
