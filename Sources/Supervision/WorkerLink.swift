internal import CProcesses
internal import Dispatch
internal import Glibc
package import JobEvents
internal import Synchronization

/// The worker's connection to its supervisor.
///
/// The process ends with its supervisor, at the latest when a pipe is closed. Its job resumes from
/// the checkpoint after the next start.
package final class WorkerLink: Sendable {
  /// The callbacks of the running job.
  package struct Job: Sendable {
    /// A counter that advances while rows are trained or scored.
    package let beats: @Sendable () -> Int
    package let phase: @Sendable () -> JobPhase
    /// Carries out an order; must return at once.
    package let onOrder: @Sendable (WorkerOrder) -> Void

    package init(
      beats: @escaping @Sendable () -> Int, phase: @escaping @Sendable () -> JobPhase,
      onOrder: @escaping @Sendable (WorkerOrder) -> Void
    ) {
      self.beats = beats
      self.phase = phase
      self.onOrder = onOrder
    }
  }

  /// The name in ps(1); `/proc/self/exe` would show as `exe`.
  static let processName = "deepspoold"

  package let assignment: WorkerAssignment
  private let orders: Mutex<OrderPipe>
  private let reports: ReportPipe
  /// Whether the supervisor is the parent of this process.
  private let isChild: Bool

  /// Connects this process with its supervisor and waits for the assignment.
  ///
  /// Nil if no supervisor started the process: then the first order is not an assignment.
  ///
  /// - `channel`: The pipes; with standard streams, the parent is a launcher.
  /// - `reports`: The descriptor for reports, if it is another (``WorkerChannel/reserveStandardOutput()``).
  package init?(_ channel: WorkerChannel, reports: Int32? = nil) {
    isChild = channel == .ownDescriptors
    if isChild, cprocesses_end_with_parent() != 0 { return nil }
    var orders = OrderPipe(descriptor: channel.orders)
    guard let first: WorkerOrder = orders.next(), case .begin(let assignment) = first else { return nil }
    self.assignment = assignment
    self.orders = Mutex(orders)
    self.reports = ReportPipe(descriptor: reports ?? channel.reports)
    if isChild { cprocesses_set_name(Self.processName) }
  }

  /// Queues a report without waiting for the supervisor.
  package func report(_ report: WorkerReport) { reports.post(report) }

  /// Reports that other processes of the job are lost; returns when the supervisor can read it.
  package func reportLoss() {
    reports.post(.lostRanks)
    reports.flush()
  }

  /// Handles orders and reports progress on separate threads, until this process ends.
  package func follow(_ job: Job) {
    DispatchQueue(label: "deepspool.worker.orders").async { [self] in
      // The parent-death signal is bound to the calling thread. Pool threads end when idle, but
      // this one stays.
      if isChild { _ = cprocesses_end_with_parent() }
      orders.withLock { orders in
        while let order: WorkerOrder = orders.next() { job.onOrder(order) }
      }
      _exit(WorkerExit.supervisorGone.rawValue)
    }
    DispatchQueue(label: "deepspool.worker.progress").async { [self] in tellOfProgress(job) }
  }

  private func tellOfProgress(_ job: Job) -> Never {
    let microseconds = UInt32(assignment.progressSeconds * 1_000_000)
    var meter = ActivityMeter()
    var last = meter.read(beats: job.beats(), reportedBytes: reports.writtenBytes)
    while true {
      usleep(microseconds)
      let (phase, now) = (job.phase(), meter.read(beats: job.beats(), reportedBytes: reports.writtenBytes))
      if now.hasMoved(since: last, in: phase) { reports.post(.progress(phase)) }
      last = now
    }
  }

  /// Reports how the job ended, and ends this process.
  package func end(_ ending: JobEnding) -> Never {
    reports.post(.ended(ending))
    reports.flush()
    _exit(WorkerExit.reported.rawValue)
  }
}
