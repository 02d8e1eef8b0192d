extension JobQueue {
  /// How a job ended.
  package enum Ending: Sendable, Equatable {
    /// The result lies complete in the job's folder.
    case finished
    /// The job or its data are at fault.
    case rejected(reason: String)
    case failed(reason: String)
    /// The machine is at fault: no space, no memory. Tried again later, for a while.
    case putOff(reason: String)
    case cancelled(reason: String)
    /// The daemon ends before the job; it goes on from its checkpoint after the next start.
    case interrupted
    /// The job's own process ended by a fault, or made no progress; counts against the job.
    case crashed(reason: String)
    /// The job's process was killed from outside; never counts against the job.
    case killed(reason: String)
  }
}
