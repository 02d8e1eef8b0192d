/// An order of a supervisor to its worker.
package enum WorkerOrder: Sendable, Codable {
  /// Run this job; the first order, sent once.
  case begin(WorkerAssignment)
  /// Write a checkpoint and exit.
  case suspend
  /// Stop training and deliver the best model so far.
  case finish
  /// Discard the work and exit.
  case cancel
}
