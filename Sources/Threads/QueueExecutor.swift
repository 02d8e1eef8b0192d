package import Dispatch

/// An executor that runs an actor on a serial queue of its own.
///
/// Hours of computation then do not block Swift's cooperative pool, which has one thread per core and does not grow.
/// Pipes and timers can share the queue.
package final class QueueExecutor: SerialExecutor {
  package let queue: DispatchQueue

  package init(label: String) { queue = DispatchQueue(label: label) }

  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
  }

  package func checkIsolated() { dispatchPrecondition(condition: .onQueue(queue)) }
}
