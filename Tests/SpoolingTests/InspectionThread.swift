import Dispatch
import Spooling

/// A thread that inspects the files of jobs one after the other, in place of the daemon's process.
struct InspectionThread: Sendable {
  private let thread = DispatchQueue(label: "deepspool.inspection")
  private let inspector: JobInspector

  init(_ inspector: JobInspector) { self.inspector = inspector }

  func inspect(_ inspection: Inspection) async -> Inspection.Finding {
    await withCheckedContinuation { continuation in
      thread.async { [inspector] in continuation.resume(returning: inspector.inspect(inspection)) }
    }
  }
}
