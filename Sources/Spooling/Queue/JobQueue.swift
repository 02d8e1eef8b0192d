package import DurableFiles
package import JobFiles

/// The queue of a spool: accepts dropped files, says which job runs next, moves jobs from state to state.
///
/// A thin shell: ``QueueState`` decides the order, ``JobState`` the transitions, ``SpoolDirectory`` does the steps on
/// disk. Every step is on disk before the event that tells of it.
package actor JobQueue {
  /// A job that shall run now.
  package struct StartedJob: Sendable {
    package let id: JobIdentifier
    package let job: JobFile
    package let jobText: [UInt8]
    /// The job's folder, in which the runner works.
    package let folder: String
  }

  /// How a job ended.
  package enum Ending: Sendable {
    /// The result lies complete in the job's folder.
    case finished
    /// The job or its data are at fault.
    case rejected(reason: String)
    case failed(reason: String)
    /// The machine is at fault: no space, no memory. Tried again later, for a while.
    case putOff(reason: String)
    case cancelled(reason: String)
    case interrupted
  }

  /// Seconds after which a job is tried again that the machine could not run; then it has failed.
  private static let delays = [30.0, 120, 600, 1800, 3600]

  let directory: SpoolDirectory
  private(set) var resultsGroup: ResultsGroup
  let checks: JobChecks
  /// What the last daemon left and could not be brought into order yet.
  var unrecovered: [SpoolRecovery.Action] = []
  /// How often the daemon has ended while these jobs ran, this start included.
  var countedCrashes: [JobIdentifier: Int] = [:]
  let onEvent: @Sendable (SpoolEvent) -> Void
  let secondsNow: @Sendable () -> Double
  let wallSeconds: @Sendable () -> Double
  /// Between both clocks when the queue was made.
  let clockOffsetSeconds: Double
  private(set) var limits: QueueLimits
  var state: QueueState
  var settling = SettlingFiles()
  var nextNumber = 1
  var isAccepting = true
  /// Names in `incoming` and in `control` that can be neither taken nor moved; they have been explained.
  var leftInPlace: Set<String> = []
  var leftOrders: [SpoolOrder: Set<String>] = [:]
  /// Jobs that wait for other jobs or for a time.
  var blocked: [JobIdentifier: JobConditions] = [:]
  /// The earliest time, in seconds since 1970, that a blocked job waits for.
  var blockedUntil = Double.infinity
  /// Whether some blocked job waits for another job: then each change in the spool may concern it.
  var waitsForJobs = false
  /// Something may have come true for a blocked job.
  var blockedNeedLook = true
  /// What the jobs need that run, and the one whose turn it is.
  var needs: [JobIdentifier: JobNeeds] = [:]
  /// The job whose turn it is but that does not fit now.
  var waiting: (id: JobIdentifier, reason: String)?
  /// Nothing is taken from `incoming` because the disk is nearly full.
  var isShortOfSpace = false
  /// Endings that could not be written, because the disk was full; tried again.
  private var unwritten: [JobIdentifier: Ending] = [:]

  /// - `resultsGroup`: Who may read results.
  /// - `checks`: What is known about a job beyond its file.
  /// - `secondsNow`: A monotonic clock.
  /// - `wallSeconds`: Since 1970.
  package init(
    _ directory: SpoolDirectory, limits: QueueLimits, resultsGroup: ResultsGroup = .service, checks: JobChecks,
    secondsNow: @escaping @Sendable () -> Double,
    wallSeconds: @escaping @Sendable () -> Double,
    onEvent: @escaping @Sendable (SpoolEvent) -> Void
  ) {
    self.directory = directory
    self.resultsGroup = resultsGroup
    self.checks = checks
    self.limits = limits
    self.secondsNow = secondsNow
    self.wallSeconds = wallSeconds
    self.onEvent = onEvent
    clockOffsetSeconds = wallSeconds() - secondsNow()
    state = QueueState(maximumRunning: limits.maximumRunning, groupLimits: limits.groups)
  }

  var layout: SpoolLayout { directory.layout }
  var fileSystem: FileSystem { directory.fileSystem }

  package var queuedCount: Int { state.queuedCount }

  /// Changes the limits; takes effect with the next start.
  package func setLimits(_ limits: QueueLimits, resultsGroup: ResultsGroup) {
    self.limits = limits
    self.resultsGroup = resultsGroup
    state.maximumRunning = limits.maximumRunning
    state.groupLimits = limits.groups
    try? limits.write(layout, fileSystem)
  }

  /// From now on dropped files stay where they are and no job starts.
  package func stopAccepting() { isAccepting = false }

  // MARK: Running

  /// The next job, moved to `running`; nil when nothing may start.
  ///
  /// A job that cannot be moved, because the disk is full or read-only, stays in the queue and is tried again.
  package func startNext() throws(FileSystemError) -> StartedJob? {
    try lookAtBlocked()
    while isAccepting, let id = state.next() {
      let job: JobFile
      let bytes: [UInt8]
      do throws(RejectedFile) {
        (job, bytes) = try directory.readJob(id, in: .queued)
        guard try fits(id, job) else { return nil }
      } catch {
        forget(id)
        try reject(id, folder: layout.folder(id, in: .queued), name: "\(id.name).yaml", reason: error.reason)
        continue
      }
      // What cannot be moved stays where it is in the queue.
      try move(id, from: .queued, .start)
      state.start(id)
      noteStart(id)
      onEvent(.started(id))
      return StartedJob(id: id, job: job, jobText: bytes, folder: layout.folder(id, in: .running))
    }
    return nil
  }

  /// Moves a job that ran to where its ending leads; if that fails it is tried again by ``retryEndings()``.
  package func ended(_ id: JobIdentifier, _ ending: Ending) throws(FileSystemError) {
    state.ended(id)
    needs[id] = nil
    blockedNeedLook = true
    unwritten[id] = ending
    try write(ending, of: id)
    unwritten[id] = nil
  }

  /// Tries again what could not be written.
  package func retryEndings() throws(FileSystemError) {
    try forEach(unwritten.sorted { $0.key < $1.key }) { entry throws(FileSystemError) in
      try ended(entry.key, entry.value)
    }
  }

  /// Gives the result to the group of the job file; what the system does not allow is told, and loses no result.
  private func handOver(_ id: JobIdentifier) {
    let folder = layout.folder(id, in: .running)
    do throws(FileSystemError) {
      let groupID = try fileSystem.status("\(folder)/\(SpoolLayout.jobFile)").groupID
      try fileSystem.setGroup(ofTree: "\(folder)/\(SpoolLayout.resultFolder)", groupID)
    } catch {
      onEvent(.resultKept(id, reason: error.description))
    }
  }

  func write(_ ending: Ending, of id: JobIdentifier) throws(FileSystemError) {
    guard fileSystem.exists(layout.folder(id, in: .running)) else { return }
    switch ending {
    case .finished:
      if resultsGroup == .submitter { handOver(id) }
      try directory.publish(id)
      try move(id, from: .running, .finish)
      onEvent(.finished(id, result: layout.result(id)))
    case .rejected(let reason):
      try reject(id, folder: layout.folder(id, in: .running), name: "\(id.name).yaml", reason: reason)
    case .failed(let reason):
      // On a full disk the reason stands in the journal only.
      try? directory.explain(id, in: .running, reason: reason)
      try move(id, from: .running, .fail)
      onEvent(.failed(id, reason: reason))
    case .putOff(let reason):
      let count = try directory.countDelay(id)
      guard let seconds = Self.delays.dropFirst(count - 1).first else {
        return try write(.failed(reason: "\(reason) (tried \(count) times)"), of: id)
      }
      try move(id, from: .running, .interrupt)
      onEvent(.putOff(id, reason: reason, seconds: seconds))
      // A job file that cannot be read any more is rejected when its turn comes.
      let place = (try? directory.readJob(id, in: .queued).0).map(QueueState.Place.init) ?? .init(priority: 0)
      block(id, JobConditions(notBeforeSeconds: wallSeconds() + seconds), place)
    case .cancelled(let reason):
      try? directory.explain(id, in: .running, reason: reason)
      try move(id, from: .running, .cancel)
      onEvent(.cancelled(id, reason: reason))
    case .interrupted:
      try move(id, from: .running, .interrupt)
      onEvent(.interrupted(id))
      if isAccepting { try load(id) }
    }
  }
}
