internal import CProcesses
internal import Dispatch
internal import Glibc
package import JobEvents
internal import Synchronization

/// What joins the process of a job with its supervisor, from the job's side.
///
/// The process ends with its supervisor, at the latest when a pipe ends: what it was doing goes on from the checkpoint
/// after the next start.
package final class WorkerLink: Sendable {
  /// The job as the link sees it.
  package struct Job: Sendable {
    /// Moves while rows are trained or scored.
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

  /// As in ps(1); what is executed has no name of its own.
  private static let processName = "deepspoold"

  package let assignment: WorkerAssignment
  private let orders: Mutex<OrderPipe>
  private let reports: ReportPipe

  /// Ties this process to its supervisor and waits for the assignment.
  ///
  /// Nil where no supervisor has started this process.
  package init?() {
    var orders = OrderPipe()
    guard cprocesses_end_with_parent() == 0, case .begin(let assignment) = orders.next() else { return nil }
    cprocesses_set_name(Self.processName)
    self.assignment = assignment
    self.orders = Mutex(orders)
    reports = ReportPipe()
  }

  /// Never waits for the supervisor.
  package func report(_ report: WorkerReport) { reports.post(report) }

  /// Obeys orders and tells of progress, on threads of its own, for as long as this process lives.
  package func follow(_ job: Job) {
    DispatchQueue(label: "deepspool.worker.orders").async { [self] in
      // The kernel forgets the wish with the thread that had it, and idle threads of pools end; this one stays.
      _ = cprocesses_end_with_parent()
      orders.withLock { orders in
        while let order = orders.next() { job.onOrder(order) }
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
