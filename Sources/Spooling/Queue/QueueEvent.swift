package import DurableFiles

/// Everything that the queue reacts to: what happens in the spool, what is asked of it, and what became of its effects.
package enum QueueEvent: Sendable, Equatable {
  // MARK: What lies in the spool

  /// The daemon begins on a spool.
  case began(SpoolListing)
  /// What the last daemon left is brought into order, or tried again.
  case recover(SpoolRecovery.Action)
  /// Whether the folder of a job that ran holds its file: a rejection may have been cut off.
  case fileChecked(JobIdentifier, isThere: Bool)
  /// A name in `incoming` was looked at.
  case found(IncomingFile, IncomingFile.Occasion, nowSeconds: Double, space: FileSystem.Space?)
  /// All names in `incoming`.
  case listed([String])
  case claimed(JobIdentifier, name: String)
  /// The system lets nobody but the owner move it.
  case unclaimable(IncomingFile)
  /// A claim, or a job in the queue, was found on disk: it may have been left when the disk was full.
  case claimFound(JobIdentifier)
  case queuedFound(JobIdentifier)
  /// The room on the spool's disk.
  case room(FileSystem.Space?)

  // MARK: What looking at files has found

  case inspected(Inspection, Inspection.Finding, nowSeconds: Double)

  // MARK: What is asked

  /// `isExact`: Whether the name is the identifier of some job, which then is the only one that it means; `others`: The
  /// jobs that it means and that neither wait nor run, by state, in the order of arrival.
  case ordered(SpoolOrder, name: String, isExact: Bool, others: [JobState: [JobIdentifier]])
  /// The names of all orders of a kind.
  case ordersListed(SpoolOrder, [String])
  /// An order was carried out, but its file stays.
  case orderStuck(SpoolOrder, name: String, reason: String)
  case limits(QueueLimits)
  case resultsGroup(ResultsGroup)
  case stop

  // MARK: Turns and endings

  /// Is it some job's turn? `space`: On the spool's disk.
  case turn(space: FileSystem.Space?)
  /// The jobs of the spool as they are now, for those that wait for others.
  case jobsSeen(JobIndex, wallSeconds: Double)
  case ended(JobIdentifier, JobQueue.Ending)
  /// An ending could not be written, and is tried again.
  case endAgain(JobIdentifier)
  /// A job's process has ended in some way so many times without a new checkpoint in between.
  case deathCounted(JobIdentifier, QueueEffect.Death, count: Int, reason: String, wallSeconds: Double)
  /// A job was put off so many times.
  case delayCounted(JobIdentifier, count: Int, reason: String, wallSeconds: Double)

  // MARK: What was done

  case accepted(JobIdentifier, JobBrief, submitterID: UInt32)
  case rejected(JobIdentifier, name: String, reason: String, reasonFile: String)
  case moved(QueueEffect.Move)
  /// The folder of a job is gone.
  case removed(JobIdentifier)
}
