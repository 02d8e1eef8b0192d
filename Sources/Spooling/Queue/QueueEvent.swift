package import DurableFiles

/// An event that the queue reacts to: a change in the spool, a request or the outcome of an effect.
package enum QueueEvent: Sendable, Equatable {
  // MARK: The spool

  /// The daemon starts on a spool.
  ///
  /// `highestUsed`: The highest number among rejected files and claims.
  case began(SpoolListing, highestUsed: Int)
  /// The accounts of the last daemon were found.
  case accountsFound(RunningTimeAccounts)
  /// A recovery action is due or retried.
  case recover(SpoolRecovery.Action)
  /// The folder of a job that ran was checked for its job file; a rejection may have been interrupted.
  case fileChecked(JobIdentifier, isThere: Bool)
  /// A name in `incoming` was examined.
  case found(IncomingFile, IncomingFile.Occasion, nowSeconds: Double, space: FileSystem.Space?)
  /// The complete list of names in `incoming`.
  case listed([String])
  case claimed(JobIdentifier, name: String)
  /// The daemon may not move the name: moving a folder requires write permission for the folder itself.
  case unclaimable(IncomingFile)
  /// A claim or queued job was found on disk; a full disk may have interrupted its acceptance.
  case claimFound(JobIdentifier)
  case queuedFound(JobIdentifier)
  /// A held job was found on disk at startup.
  case heldFound(JobIdentifier, submitterID: UInt32)
  /// The space on the spool's disk.
  case room(FileSystem.Space?)

  // MARK: Findings

  case inspected(Inspection, Inspection.Finding, nowSeconds: Double)
  /// An inspection of a batch was not reached.
  case notInspected(Inspection)

  // MARK: Requests

  /// An order, with the jobs that its name means.
  ///
  /// `isExpected`: Whether `incoming` holds a file that the name may mean.
  case ordered(GivenOrder, [OrderTarget], isExpected: Bool)
  /// All orders are about to be read.
  case ordersExamined
  /// The names of all orders of one kind.
  case ordersListed(SpoolOrder, [String])
  /// The number of an order is not written yet.
  case orderUnfinished(GivenOrder.Key)
  /// Something in `control` cannot be obeyed.
  case oddOrder(GivenOrder.Key, OrderGiver?, reason: String)
  /// The file of an order was removed.
  case orderGone(GivenOrder.Key)
  /// The file of an order that needs nothing more cannot be removed.
  case orderStuck(GivenOrder.Key, reason: String)
  /// A running job has no model yet that could be its result.
  case notFinished(JobIdentifier, hasCheckpoint: Bool)
  case limits(QueueLimits)
  case resultsGroup(ResultsGroup)
  case stop

  // MARK: Turns and endings

  /// Determines whether a job may start, given the space on the spool's disk and the time of a
  /// monotonic clock.
  case turn(space: FileSystem.Space?, nowSeconds: Double = 0)
  /// The time of day; the clock may have been set back.
  case clock(wallSeconds: Double)
  /// The current jobs of the spool, to check the conditions of blocked jobs.
  case jobsSeen(JobIndex, wallSeconds: Double)
  case ended(JobIdentifier, JobQueue.Ending)
  /// The ending of a job could not be written and is retried.
  case endAgain(JobIdentifier)
  /// The number of deaths of the worker process since the last checkpoint, including this one.
  ///
  /// `hasCheckpoint`: Whether the job has a checkpoint at all.
  case deathCounted(
    JobIdentifier, QueueEffect.Death, count: Int, hasCheckpoint: Bool, reason: String, wallSeconds: Double)
  /// The number of times that a job was postponed.
  case delayCounted(JobIdentifier, count: Int, reason: String, wallSeconds: Double)

  // MARK: Outcomes of effects

  case accepted(JobIdentifier, JobBrief)
  case rejected(JobIdentifier, name: String, reason: String, reasonFile: String)
  case moved(QueueEffect.Move)
  case prioritised(JobIdentifier, OrderedPriority)
  /// A new job has a number, but is not claimed yet.
  case numberTaken(JobIdentifier)
  /// The folder of a job is gone.
  case removed(JobIdentifier)
}
