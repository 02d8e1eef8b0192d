internal import Dispatch

/// Runs an actor on a thread of its own, so that hours of arithmetic never hold up Swift's cooperative pool, which has
/// one thread per core and does not grow.
package final class TrainingExecutor: SerialExecutor {
  private let queue: DispatchQueue

  package init(label: String) { queue = DispatchQueue(label: label) }

  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
  }
}
