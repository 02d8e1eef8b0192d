internal import Dispatch
internal import Glibc
package import JobEvents
internal import Synchronization

/// The worker's end of the report pipe; reporting never waits for the supervisor.
package final class ReportPipe: Sendable {
  private struct State {
    var waiting = ReportQueue()
    var isWriting = false
    var writtenBytes = 0
  }

  private let descriptor: Int32
  private let state = Mutex(State())
  private let queue = DispatchQueue(label: "deepspool.worker.reports")

  package init(descriptor: Int32 = WorkerProcess.reportsDescriptor) {
    self.descriptor = descriptor
    // Without the supervisor, write(2) must return an error instead of raising a signal.
    signal(SIGPIPE, SIG_IGN)
  }

  /// The number of bytes written to the pipe so far.
  var writtenBytes: Int { state.withLock { $0.writtenBytes } }

  package func post(_ report: WorkerReport) {
    let starts = state.withLock { state in
      state.waiting.add(report)
      defer { state.isWriting = true }
      return !state.isWriting
    }
    if starts { queue.async { self.drain() } }
  }

  /// Waits until all earlier reports are in the pipe.
  package func flush() { queue.sync {} }

  private func drain() {
    while let report = next() {
      guard let bytes = try? MessageLine.bytes(report) else { continue }
      write(bytes)
    }
  }

  private func next() -> WorkerReport? {
    state.withLock { state in
      let report = state.waiting.takeFirst()
      state.isWriting = report != nil
      return report
    }
  }

  private func write(_ bytes: [UInt8]) {
    let isRead = PipeWriter.write(bytes, to: descriptor) { count in state.withLock { $0.writtenBytes += count } }
    if !isRead { _exit(WorkerExit.supervisorGone.rawValue) }
  }
}
