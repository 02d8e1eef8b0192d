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
    case cancelled(reason: String)
    case interrupted
  }

  /// A job during which the daemon ended this often, without a new checkpoint in between, is set aside.
  private static let maximumCrashes = 3

  private let directory: SpoolDirectory
  private let checkFrames: @Sendable (JobFile) -> [JobFileFault]
  private let onEvent: @Sendable (SpoolEvent) -> Void
  private let secondsNow: @Sendable () -> Double
  private var state: QueueState
  private var settling = SettlingFiles()
  private var nextNumber = 1
  private var isAccepting = true
  /// Names in `incoming` and in `control` that can be neither taken nor moved; they have been explained.
  private var leftInPlace: Set<String> = []
  private var leftOrders: Set<String> = []
  /// Endings that could not be written, because the disk was full; tried again.
  private var unwritten: [JobIdentifier: Ending] = [:]

  /// - `checkFrames`: Faults of a job that can be seen without reading its data: missing files.
  /// - `secondsNow`: A monotonic clock.
  package init(
    _ directory: SpoolDirectory, maximumRunning: Int,
    checkFrames: @escaping @Sendable (JobFile) -> [JobFileFault], secondsNow: @escaping @Sendable () -> Double,
    onEvent: @escaping @Sendable (SpoolEvent) -> Void
  ) {
    self.directory = directory
    self.checkFrames = checkFrames
    self.secondsNow = secondsNow
    self.onEvent = onEvent
    state = QueueState(maximumRunning: maximumRunning)
  }

  private var layout: SpoolLayout { directory.layout }
  private var fileSystem: FileSystem { directory.fileSystem }

  package var queuedCount: Int { state.queuedCount }
  /// Changes the limit; takes effect with the next start.
  package func setMaximumRunning(_ maximum: Int) { state.maximumRunning = maximum }

  /// From now on dropped files stay where they are and no job starts.
  package func stopAccepting() { isAccepting = false }

  // MARK: Recovery

  /// Brings the spool into order after the last daemon ended, in whatever way; then loads the queue.
  package func recover() throws(FileSystemError) {
    try directory.create()
    let listing = try SpoolListing.read(layout, fileSystem: fileSystem)
    nextNumber = listing.highestNumber + 1
    for action in SpoolRecovery.actions(for: listing) {
      switch action {
      case .resumeAcceptance(let id): try resumeAcceptance(id)
      case .complete(let id):
        try directory.transition(id, from: .running, .finish)
        onEvent(.finished(id, result: layout.result(id)))
      case .queueAgain(let id): try queueAgain(id)
      }
    }
    for id in listing.jobs[.queued] ?? [] { try load(id) }
  }

  private func resumeAcceptance(_ id: JobIdentifier) throws(FileSystemError) {
    guard fileSystem.exists("\(layout.claim(id))/\(SpoolLayout.jobFile)") else {
      return try fileSystem.removeTree(layout.claim(id))
    }
    try decide(id, name: "\(id.name).yaml")
  }

  private func queueAgain(_ id: JobIdentifier) throws(FileSystemError) {
    guard fileSystem.exists("\(layout.folder(id, in: .running))/\(SpoolLayout.jobFile)") else {
      // A rejection was cut off after the job file had been put away.
      return try fileSystem.removeTree(layout.folder(id, in: .running))
    }
    guard try directory.countCrash(id) < Self.maximumCrashes else {
      let reason =
        "the daemon ended \(Self.maximumCrashes) times while this job ran and had made no progress in between; it is "
        + "not tried again"
      try? directory.explain(id, in: .running, reason: reason)
      try directory.transition(id, from: .running, .fail)
      return onEvent(.failed(id, reason: reason))
    }
    try directory.transition(id, from: .running, .interrupt)
    onEvent(.recovered(id))
    try load(id)
  }

  private func load(_ id: JobIdentifier) throws(FileSystemError) {
    do throws(RejectedFile) {
      state.enqueue(id, priority: try directory.readJob(id, in: .queued).0.priority)
    } catch {
      try reject(id, folder: layout.folder(id, in: .queued), name: "\(id.name).yaml", reason: error.reason)
    }
  }

  // MARK: Accepting

  /// Takes a file whose writer has closed it, or that was moved in.
  package func take(_ name: String) throws(FileSystemError) {
    settling.forget(name)
    guard isAccepting, !name.hasPrefix(".") else { return }
    let id = JobIdentifier(number: nextNumber, name: Paths.stem(of: name))
    do throws(FileSystemError) {
      guard try directory.claim(name, as: id) else { return }
    } catch  where error.isPermission {
      // The system lets nobody but its owner move a folder.
      return try leave(name, id: id)
    }
    nextNumber += 1
    try decide(id, name: name)
  }

  /// Explains why something stays in `incoming`, once.
  private func leave(_ name: String, id: JobIdentifier) throws(FileSystemError) {
    guard leftInPlace.insert(name).inserted else { return }
    nextNumber += 1
    let reason = "this can be neither taken nor moved by the daemon: \(kindInWords(name)). Remove it from incoming"
    let path = try directory.explainRejection(id, name: name, reason: reason)
    onEvent(.rejected(name: name, id: id, reason: reason, reasonFile: path))
  }

  private func kindInWords(_ name: String) -> String {
    switch try? fileSystem.status("\(layout.incoming)/\(name)").kind {
    case .folder: "it is a folder; drop the job file itself"
    case .file, .link, .other, nil: "its permissions forbid it"
    }
  }

  /// A name has just appeared: whoever created the file will close it, but folders, links and further names of a file
  /// that is there already are never closed.
  package func appeared(_ name: String) throws(FileSystemError) {
    let status = try? fileSystem.status("\(layout.incoming)/\(name)")
    if let status, status.kind == .file, status.linkCount == 1 { return }
    try notice(name)
  }

  /// Takes a file that nobody can be writing to at once, others when they have settled.
  private func notice(_ name: String) throws(FileSystemError) {
    guard isAccepting, !name.hasPrefix("."), !leftInPlace.contains(name) else { return }
    guard let status = try? fileSystem.status("\(layout.incoming)/\(name)") else { return settling.forget(name) }
    guard status.kind == .file else { return try take(name) }
    let look = SettlingFiles.Look(byteCount: status.byteCount, modifiedSeconds: status.modifiedSeconds)
    guard settling.observe(name, look, now: secondsNow()) else { return }
    guard fileSystem.hasWriter("\(layout.incoming)/\(name)") != true else { return }
    try take(name)
  }

  /// Looks at every file in `incoming`: at start, when events were lost, and after something went wrong.
  ///
  /// Files that were taken but could be neither accepted nor rejected, because the disk was full, are tried again too.
  package func scan() throws(FileSystemError) {
    let listing = try SpoolListing.read(layout, fileSystem: fileSystem)
    for id in listing.claims { try resumeAcceptance(id) }
    for id in listing.jobs[.queued] ?? [] where !state.isQueued(id) { try load(id) }
    let names = try fileSystem.list(layout.incoming)
    leftInPlace.formIntersection(names)
    try forEach(names) { name throws(FileSystemError) in
      let path = "\(layout.incoming)/\(name)"
      if fileSystem.hasWriter(path) == false { try take(name) } else { try notice(name) }
    }
  }

  /// Does something for each name; one that fails does not keep the others from their turn.
  ///
  /// Throws the last failure.
  private func forEach(
    _ names: [String], _ body: (String) throws(FileSystemError) -> Void
  ) throws(FileSystemError) {
    var failure: FileSystemError?
    for name in names {
      do throws(FileSystemError) {
        try body(name)
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
  }

  /// Looks again at files that had not settled; returns whether some still have not.
  package func lookAgain() throws(FileSystemError) -> Bool {
    try forEach(settling.names) { name throws(FileSystemError) in try notice(name) }
    return !settling.isEmpty
  }

  /// Accepts or rejects a claimed file.
  private func decide(_ id: JobIdentifier, name: String) throws(FileSystemError) {
    let checked: JobFile
    let status = try? fileSystem.status("\(layout.claim(id))/\(SpoolLayout.jobFile)")
    do throws(RejectedFile) {
      checked = try check(id, name: name, status: status)
    } catch {
      return try reject(id, folder: layout.claim(id), name: name, reason: error.reason)
    }
    try directory.accept(id)
    state.enqueue(id, priority: checked.priority)
    onEvent(.accepted(id, submitterID: status?.ownerID ?? 0))
  }

  private func check(
    _ id: JobIdentifier, name: String, status: FileSystem.Status?
  ) throws(RejectedFile) -> JobFile {
    let isNamedLikeJob = SpoolDirectory.jobFileExtensions.contains(Paths.fileExtension(of: name))
    guard isNamedLikeJob || status?.kind != .file else {
      throw RejectedFile("job files end in .yaml, .yml or .json; data belongs into a data directory of the daemon")
    }
    let job = try directory.readClaim(id, name: name)
    let faults = checkFrames(job)
    guard faults.isEmpty else { throw RejectedFile(JobFileError(faults).description) }
    return job
  }

  private func reject(
    _ id: JobIdentifier, folder: String, name: String, reason: String
  ) throws(FileSystemError) {
    let path = try directory.reject(id, from: folder, name: name, reason: reason)
    onEvent(.rejected(name: name, id: id, reason: reason, reasonFile: path))
  }

  // MARK: Running

  /// The next job, moved to `running`; nil when nothing may start.
  ///
  /// A job that cannot be moved, because the disk is full or read-only, stays in the queue and is tried again.
  package func startNext() throws(FileSystemError) -> StartedJob? {
    while isAccepting, let id = state.startNext() {
      let job: JobFile
      let bytes: [UInt8]
      do throws(RejectedFile) {
        (job, bytes) = try directory.readJob(id, in: .queued)
      } catch {
        state.ended(id)
        try reject(id, folder: layout.folder(id, in: .queued), name: "\(id.name).yaml", reason: error.reason)
        continue
      }
      do throws(FileSystemError) {
        try directory.transition(id, from: .queued, .start)
      } catch {
        // If only the sync failed the job has moved, and nothing is lost by running it.
        guard fileSystem.exists(layout.folder(id, in: .running)) else {
          state.ended(id)
          state.enqueue(id, priority: job.priority)
          throw error
        }
      }
      onEvent(.started(id))
      return StartedJob(id: id, job: job, jobText: bytes, folder: layout.folder(id, in: .running))
    }
    return nil
  }

  /// Moves a job that ran to where its ending leads; if that fails it is tried again by ``retryEndings()``.
  package func ended(_ id: JobIdentifier, _ ending: Ending) throws(FileSystemError) {
    state.ended(id)
    unwritten[id] = ending
    try write(ending, of: id)
    unwritten[id] = nil
  }

  /// Tries again what could not be written.
  package func retryEndings() throws(FileSystemError) {
    for (id, ending) in unwritten.sorted(by: { $0.key < $1.key }) { try ended(id, ending) }
  }

  private func write(_ ending: Ending, of id: JobIdentifier) throws(FileSystemError) {
    guard fileSystem.exists(layout.folder(id, in: .running)) else { return }
    switch ending {
    case .finished:
      try directory.publish(id)
      try directory.transition(id, from: .running, .finish)
      onEvent(.finished(id, result: layout.result(id)))
    case .rejected(let reason):
      try reject(id, folder: layout.folder(id, in: .running), name: "\(id.name).yaml", reason: reason)
    case .failed(let reason):
      // On a full disk the reason stands in the journal only.
      try? directory.explain(id, in: .running, reason: reason)
      try directory.transition(id, from: .running, .fail)
      onEvent(.failed(id, reason: reason))
    case .cancelled(let reason):
      try? directory.explain(id, in: .running, reason: reason)
      try directory.transition(id, from: .running, .cancel)
      onEvent(.cancelled(id, reason: reason))
    case .interrupted:
      try directory.transition(id, from: .running, .interrupt)
      onEvent(.interrupted(id))
      if isAccepting { try load(id) }
    }
  }

  // MARK: Orders

  /// Reads the orders in `control/cancel`.
  ///
  /// Waiting jobs are cancelled here; the identifiers of running ones are returned, because somebody else has to stop
  /// them. An order goes when it is carried out.
  package func takeCancelOrders() throws(FileSystemError) -> [JobIdentifier] {
    var toStop: [JobIdentifier] = []
    let names = try fileSystem.list(layout.cancelOrders).filter { !$0.hasPrefix(".") }
    leftOrders.formIntersection(names)
    for name in names where !leftOrders.contains(name) {
      toStop += state.running.filter { $0.matches(name) }
      do throws(FileSystemError) {
        try cancelWaiting(name)
        try fileSystem.remove("\(layout.cancelOrders)/\(name)")
      } catch {
        leftOrders.insert(name)
        onEvent(.orderIgnored(order: "cancel", name: name, reason: "the order cannot be removed (\(error.reason))"))
      }
    }
    return toStop
  }

  private func cancelWaiting(_ name: String) throws(FileSystemError) {
    let waiting = state.queued(matching: name)
    for id in waiting where state.remove(id) {
      let reason = "cancelled before it began"
      try? directory.explain(id, in: .queued, reason: reason)
      try directory.transition(id, from: .queued, .cancel)
      onEvent(.cancelled(id, reason: reason))
    }
    if waiting.isEmpty, !state.running.contains(where: { $0.matches(name) }) {
      onEvent(.orderIgnored(order: "cancel", name: name, reason: "no waiting or running job has this name"))
    }
  }
}
