/// What happens to jobs in the spool, for the journal.
package enum SpoolEvent: Sendable, Equatable {
  case accepted(JobIdentifier, submitterID: UInt32)
  /// A file was no job, or its data turned out to be unusable; `reasonFile` tells the user.
  case rejected(name: String, id: JobIdentifier, reason: String, reasonFile: String)
  /// A job that ran when the daemon ended is queued again.
  case recovered(JobIdentifier)
  case started(JobIdentifier)
  case finished(JobIdentifier, result: String)
  case failed(JobIdentifier, reason: String)
  case cancelled(JobIdentifier, reason: String)
  /// The job is stopped because the daemon ends; it goes on later.
  case interrupted(JobIdentifier)
  /// The job's process ended before the job did; the job goes on from its checkpoint, after a pause.
  case resumes(JobIdentifier, reason: String, seconds: Double)
  /// Set aside until it is released.
  case held(JobIdentifier)
  case released(JobIdentifier)
  case retried(JobIdentifier)
  /// The machine could not run the job now; it is tried again.
  case putOff(JobIdentifier, reason: String, seconds: Double)
  /// It is the job's turn, but it does not fit now.
  case waits(JobIdentifier, reason: String)
  /// Nothing is taken from `incoming` until there is more space.
  case spaceShort(freeBytes: Int, minimumBytes: Int)
  /// Files are taken again.
  case spaceBack
  /// The result could not be given to the submitter's group.
  case resultKept(JobIdentifier, reason: String)
  /// Something was removed because of its age.
  case expired(String)
  /// An order that fits no job.
  case orderIgnored(order: String, name: String, reason: String)
}
