internal import Dispatch

/// An executor with its own thread, so that hours of computation do not block Swift's cooperative pool.
///
/// The pool has one thread per core and does not grow.
package final class TrainingExecutor: SerialExecutor {
  private let queue: DispatchQueue

  package init(label: String) { queue = DispatchQueue(label: label) }

  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
  }
}
