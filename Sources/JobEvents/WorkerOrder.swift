/// What a supervisor tells the process of a job.
package enum WorkerOrder: Sendable, Codable {
  /// The first order, and given once: what to run.
  case begin(WorkerAssignment)
  /// Leave a checkpoint and end.
  case suspend
  /// End with the best model so far.
  case finish
  /// Give up and end.
  case cancel
}
