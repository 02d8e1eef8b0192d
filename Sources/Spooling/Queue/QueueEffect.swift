/// A step in the life of a job that the queue requests.
///
/// The effects of one event are performed in order. If one fails, the later ones are skipped and
/// the state stays as if they had never been requested; the next scan of the spool finds what is
/// left to do.
package enum QueueEffect: Sendable, Equatable {
  /// Move a dropped file into a claim, where users cannot reach it.
  case claim(IncomingFile, as: JobIdentifier)
  /// Move a file from `incoming` to `rejected`, with the reason beside it.
  case refuse(IncomingFile, as: JobIdentifier, reason: String)
  /// Explain why a file stays in `incoming`.
  case leave(IncomingFile, as: JobIdentifier)
  /// Examine every name in `incoming`.
  case scan
  /// Make a claimed job durable and visible.
  case accept(SpoolDirectory.Acceptance)
  /// Move an invalid job file to `rejected`, with the reason beside it.
  case reject(JobIdentifier, from: Place, name: String, reason: String)
  /// Remove a job's folder that holds no job file any more.
  case removeFolder(JobIdentifier, Place)
  /// Remove the reason and counters of earlier attempts, and record the current data files.
  case forgetAttempts(JobIdentifier, in: JobState, inputs: [UInt8]?)
  /// Write a reason into the job's folder; if the disk is full, the journal alone has it.
  case explain(JobIdentifier, in: JobState, reason: String)
  /// Move a job to another state.
  case move(Move)
  case start(JobIdentifier)
  /// Record in the job's folder why the job waits, or remove that record; failures are harmless.
  case noteWait(JobIdentifier, reason: String)
  case forgetWait(JobIdentifier)
  /// Check whether the folder of a job that ran still holds its job file.
  case checkFile(JobIdentifier)
  /// Count a death of the worker process in the job's folder.
  case countDeath(JobIdentifier, Death, reason: String)
  /// Count a postponement in the job's folder: the machine could not run the job.
  case countDelay(JobIdentifier, reason: String)
  /// Let nobody but the submitter read a job's folder and everything in it, now and later.
  case makePrivate(JobIdentifier, Place, Submitter)
  /// Make a result visible.
  case publish(JobIdentifier)
  /// Remove what the training of a finished job continued from; failures are harmless.
  case removeTrainingState(JobIdentifier)
  /// Pass an order to whatever runs the job.
  case handOn(SpoolOrder, JobIdentifier)
  case removeOrder(GivenOrder.Key)
  /// Remove an entry of `control` that is not an order.
  case clearOrder(GivenOrder.Key)
  /// Record an order in the folder of the job that obeys it; failures are harmless.
  case noteOrder(GivenOrder, JobIdentifier, in: JobState)
  /// Record a new priority in the job's folder.
  case prioritise(JobIdentifier, in: JobState, OrderedPriority)
  /// Submit the file of an ended job again; the order becomes part of the new job.
  case rerun(GivenOrder, of: JobIdentifier, as: JobIdentifier)
  /// Remove an ended job with its result; only the result if `in` is nil.
  case removeJob(JobIdentifier, in: JobState?)
  /// Remove a rejected file with its reason.
  case removeRejection(JobIdentifier)
  /// Write the limits into the spool, for `deepspool why`.
  case writeLimits(QueueLimits)
  case tell(SpoolEvent)

  /// Whether the effect starts a job.
  var isStart: Bool { if case .start = self { true } else { false } }

  /// The location of a job's folder.
  package enum Place: Sendable, Equatable {
    /// The job is being accepted.
    case claim
    case state(JobState)
  }

  /// The way in which a worker process ended before its job did.
  package enum Death: Sendable, Equatable {
    /// The process failed by itself.
    case crash
    /// The process was killed from outside.
    case kill
  }

  /// The move of a job from a state to the one that follows an event.
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

  /// The cause of a move, as far as it determines what follows.
  package enum Cause: Sendable, Equatable {
    /// The event alone determines what follows.
    case itself
    /// The reason for which the job failed or was cancelled.
    case reason(String)
    /// The machine could not run the job; retried after `seconds`, not before the given wall time.
    case delay(reason: String, seconds: Double, notBeforeSeconds: Double)
    /// The worker process ended early; the job resumes after `seconds`, not before the given wall time,
    /// from its checkpoint if it has one.
    case death(reason: String, seconds: Double, notBeforeSeconds: Double, hasCheckpoint: Bool)
    /// The last daemon ended while the job was running.
    case recovery
    /// The job runs again; the brief is nil if its file has not been read.
    case retry(JobBrief?)
  }
}
