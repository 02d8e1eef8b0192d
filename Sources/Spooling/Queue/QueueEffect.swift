/// What the queue wants to be done, each a named step of a job's life.
///
/// The effects of one event are a sequence: where one fails the others are not done, and the state is as if they had
/// never been wanted; whoever looks at the spool again finds what is left to do.
package enum QueueEffect: Sendable, Equatable {
  /// Take a file out of everybody's reach.
  case claim(IncomingFile, as: JobIdentifier)
  /// Explain why a name stays in `incoming`.
  case leave(IncomingFile, as: JobIdentifier)
  /// Look at every name in `incoming`.
  case scan
  /// Make a claimed job durable and visible.
  case accept(JobIdentifier, JobBrief, inputs: [UInt8]?, submitterID: UInt32)
  /// Put a job file beside the reason for which it is no job.
  case reject(JobIdentifier, from: Place, name: String, reason: String)
  /// Remove a job's folder, in which nothing is left.
  case removeFolder(JobIdentifier, Place)
  /// Take away what speaks against a new attempt, and write down what the data are like now.
  case forgetAttempts(JobIdentifier, in: JobState, inputs: [UInt8]?)
  /// Leave a reason in the job's folder, if the disk has room; otherwise it stands in the journal only.
  case explain(JobIdentifier, in: JobState, reason: String)
  /// Bring a job to another state.
  case move(Move)
  /// Let a job run.
  case start(JobIdentifier)
  /// Say in the job's folder why it waits, or that it does not any more; what cannot be written is no harm.
  case noteWait(JobIdentifier, reason: String)
  case forgetWait(JobIdentifier)
  /// Look whether the folder of a job that ran holds its file.
  case checkFile(JobIdentifier)
  case countDeath(JobIdentifier, Death, reason: String)
  case countDelay(JobIdentifier, reason: String)
  /// Give a result to the group of its job file.
  case handOver(JobIdentifier)
  /// Make a result visible.
  case publish(JobIdentifier)
  /// Whoever runs the job must be told.
  case handOn(SpoolOrder, JobIdentifier)
  case removeOrder(SpoolOrder, name: String)
  /// Leave the limits in the spool, for those who ask why a job waits.
  case writeLimits(QueueLimits)
  case tell(SpoolEvent)

  /// Where the folder of a job is.
  package enum Place: Sendable, Equatable {
    /// On its way in.
    case claim
    case state(JobState)
  }

  /// How the process of a job ended before the job did.
  package enum Death: Sendable, Equatable {
    /// By a fault of its own.
    case crash
    /// From outside.
    case kill
  }

  /// A job goes from a state to the one that an event leads to.
  package struct Move: Sendable, Equatable {
    package let id: JobIdentifier
    package let from: JobState
    package let event: JobState.Event
    package let cause: Cause

    package init(_ id: JobIdentifier, from: JobState, _ event: JobState.Event, _ cause: Cause = .itself) {
      self.id = id
      self.from = from
      self.event = event
      self.cause = cause
    }
  }

  /// Why a job goes to another state, as far as that decides what comes after.
  package enum Cause: Sendable, Equatable {
    /// The event says it all.
    case itself
    /// The job failed or was cancelled.
    case reason(String)
    /// The machine could not run it; it may be tried again at a time, `seconds` from now.
    case delay(reason: String, seconds: Double, notBeforeSeconds: Double)
    /// Its process ended before it did; it goes on at a time, `seconds` from now.
    case death(reason: String, seconds: Double, notBeforeSeconds: Double)
    /// The last daemon ended while it ran.
    case recovery
    /// It shall run again; what its file says, if that is known.
    case retry(JobBrief?)
  }
}
