/// An event in the life of a job or the spool, for the journal.
package enum SpoolEvent: Sendable, Equatable {
  case accepted(JobIdentifier, Submitter)
  /// A file is invalid or its data is unusable; `reasonFile` is the path of the file with the reason.
  case rejected(name: String, id: JobIdentifier, reason: String, reasonFile: String)
  /// A job that was running when the daemon ended is queued again.
  case recovered(JobIdentifier)
  case started(JobIdentifier)
  case finished(JobIdentifier, result: String)
  case failed(JobIdentifier, reason: String)
  case cancelled(JobIdentifier, reason: String)
  /// The job is stopped because the daemon stops; it resumes later.
  case interrupted(JobIdentifier)
  /// The worker process ended before the job did; the job resumes after a pause, from its checkpoint if it has one.
  case resumes(JobIdentifier, reason: String, seconds: Double, hasCheckpoint: Bool)
  case held(JobIdentifier)
  case released(JobIdentifier)
  case retried(JobIdentifier)
  /// The machine cannot run the job now; the daemon tries again later.
  case putOff(JobIdentifier, reason: String, seconds: Double)
  /// The job is next but does not fit now.
  case waits(JobIdentifier, reason: String)
  /// A reload removed a group for which jobs wait; they wait until the configuration names it again.
  case groupGone(String, waiting: [JobIdentifier])
  /// Free space is low; no file is taken from `incoming`.
  case spaceShort(freeBytes: Int, minimumBytes: Int)
  /// Free space is sufficient again; files are taken.
  case spaceBack
  /// The submitter cannot read the job, because the file system has no access control lists.
  case notShared(JobIdentifier, reason: String)
  /// Something was removed because of its age.
  case expired(String)
  /// A job obeys an order; the state is nil if only its result is left.
  case ordered(JobIdentifier, GivenOrder, in: JobState?)
  /// An ended job was removed with its result.
  case removed(JobIdentifier)
  /// A rejected file was removed with its reason.
  case rejectionRemoved(JobIdentifier)
  case orderIgnored(OrderAnswer)
}
