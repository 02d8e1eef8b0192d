package import DurableFiles

/// The queue of a spool: accepts dropped files, says which job runs next, moves jobs from state to state.
///
/// A thin shell: ``QueueState`` decides, ``SpoolDirectory`` does the steps on disk, and what takes long is done elsewhere
/// (``Inspection``) while this goes on answering. Every step is on disk before the event that tells of it.
package actor JobQueue {
  /// A job that shall run now.
  package struct StartedJob: Sendable {
    package let id: JobIdentifier
    package let jobText: [UInt8]
    /// The job's folder, in which the runner works.
    package let folder: String
    /// Whether its course is kept out of the journal.
    package let isQuiet: Bool
    /// What it was judged to need; nil where that could not be said.
    package let needs: JobNeeds?
  }

  let directory: SpoolDirectory
  private let inspect: @Sendable (Inspection) async -> Inspection.Finding
  let onEvent: @Sendable (SpoolEvent) -> Void
  private let onProgress: @Sendable (FileSystemError?) -> Void
  let secondsNow: @Sendable () -> Double
  let wallSeconds: @Sendable () -> Double
  /// Between both clocks when the queue was made.
  let clockOffsetSeconds: Double
  private(set) var state: QueueState
  /// Filled by effects, taken by whoever asked for them.
  private var started: StartedJob?
  private var handedOn: [(order: SpoolOrder, id: JobIdentifier)] = []
  private var whenSettled: [CheckedContinuation<Void, Never>] = []

  /// A queue on a spool.
  ///
  /// - Parameters:
  ///   - directory: The spool.
  ///   - limits: How much may run at once.
  ///   - resultsGroup: Who may read results.
  ///   - inspect: Looks at the files of a job, away from this actor.
  ///   - secondsNow: A monotonic clock.
  ///   - wallSeconds: Since 1970.
  ///   - onProgress: Told when a look has ended and what came of it is done: jobs may start. With what could not be done.
  ///   - onEvent: Told what happens to jobs.
  package init(
    _ directory: SpoolDirectory, limits: QueueLimits, resultsGroup: ResultsGroup = .service,
    inspect: @escaping @Sendable (Inspection) async -> Inspection.Finding,
    secondsNow: @escaping @Sendable () -> Double, wallSeconds: @escaping @Sendable () -> Double,
    onProgress: @escaping @Sendable (FileSystemError?) -> Void = { _ in },
    onEvent: @escaping @Sendable (SpoolEvent) -> Void
  ) {
    self.directory = directory
    self.inspect = inspect
    self.secondsNow = secondsNow
    self.wallSeconds = wallSeconds
    self.onProgress = onProgress
    self.onEvent = onEvent
    clockOffsetSeconds = wallSeconds() - secondsNow()
    state = QueueState(directory.layout, limits: limits, resultsGroup: resultsGroup)
  }

  var layout: SpoolLayout { directory.layout }
  var fileSystem: FileSystem { directory.fileSystem }

  package var queuedCount: Int { state.queuedCount }

  /// When ``lookAgain()`` and ``startNext()`` should be called next though nothing has happened; infinity for never.
  package var nextDeadlineSeconds: Double {
    state.nextDeadlineSeconds(nowSeconds: secondsNow(), wallSeconds: wallSeconds())
  }

  /// For tests: see ``QueueState/contradictions``.
  package var contradictions: [String] { state.contradictions }

  /// Changes the limits; takes effect with the next start.
  package func setLimits(_ limits: QueueLimits, resultsGroup: ResultsGroup) {
    try? handle(.resultsGroup(resultsGroup))
    try? handle(.limits(limits))
  }

  /// From now on dropped files stay where they are and no job starts.
  package func stopAccepting() { try? handle(.stop) }

  // MARK: Events and effects

  /// Lets an event happen: the state decides what must be done, and it is done.
  ///
  /// - Throws: What could not be done; the effects behind it were left out.
  func handle(_ event: QueueEvent) throws(FileSystemError) {
    let effects = state.apply(event)
    assert(isSound, "\(state.contradictions) after \(event)")
    for effect in effects { try perform(effect) }
  }

  /// Looked at whole, in debug builds, while that is cheap.
  private var isSound: Bool { state.jobs.count > Self.checkedJobs || state.contradictions.isEmpty }
  private static let checkedJobs = 500

  /// Does something for each element; one that fails does not keep the others from their turn.
  ///
  /// Throws the last failure.
  func forEach<Element>(
    _ elements: [Element], _ body: (Element) throws(FileSystemError) -> Void
  ) throws(FileSystemError) {
    var failure: FileSystemError?
    for element in elements {
      do throws(FileSystemError) {
        try body(element)
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
  }

  // MARK: Looks at files

  /// Has the next job's files looked at, unless that is being done.
  func lookOn() {
    guard let inspection = state.nextInspection(nowSeconds: secondsNow()) else {
      guard isSettled else { return }
      for waiter in whenSettled { waiter.resume() }
      whenSettled = []
      return
    }
    Task { [inspect] in
      let finding = await inspect(inspection)
      self.looked(inspection, finding)
    }
  }

  private func looked(_ inspection: Inspection, _ finding: Inspection.Finding) {
    var failure: FileSystemError?
    do throws(FileSystemError) {
      try handle(.inspected(inspection, finding, nowSeconds: secondsNow()))
    } catch {
      failure = error
    }
    lookOn()
    onProgress(failure)
  }

  /// Whether every file that was found has been looked at, but for those that are in use.
  package var isSettled: Bool {
    state.line.current == nil && (state.line.isIdle || !state.isAccepting)
  }

  /// Waits until ``isSettled``.
  package func settled() async {
    guard !isSettled else { return }
    await withCheckedContinuation { whenSettled.append($0) }
  }

  // MARK: Running

  /// The next job, moved to `running`; nil when nothing may start, or not yet.
  ///
  /// A job that cannot be moved, because the disk is full or read-only, stays in the queue and is tried again.
  package func startNext() throws(FileSystemError) -> StartedJob? {
    defer { lookOn() }
    try lookAtBlocked()
    started = nil
    while started == nil {
      let effects = state.apply(.turn(space: fileSystem.space(layout.root)))
      guard !effects.isEmpty else { return nil }
      for effect in effects { try perform(effect) }
    }
    return started
  }

  private func lookAtBlocked() throws(FileSystemError) {
    let wall = wallSeconds()
    guard state.blocked.needLook(wallSeconds: wall) else { return }
    let index = JobIndex(try SpoolListing.read(layout, fileSystem: fileSystem))
    try handle(.jobsSeen(index, wallSeconds: wall))
  }

  /// Moves a job that ran to where its ending leads; if that fails it is tried again by ``retryEndings()``.
  package func ended(_ id: JobIdentifier, _ ending: Ending) throws(FileSystemError) {
    guard fileSystem.exists(layout.folder(id, in: .running)) else { return try handle(.removed(id)) }
    try handle(.ended(id, ending))
  }

  /// Tries again what could not be written.
  package func retryEndings() throws(FileSystemError) {
    try forEach(state.unwritten) { id throws(FileSystemError) in
      let isThere = fileSystem.exists(layout.folder(id, in: .running))
      try handle(isThere ? .endAgain(id) : .removed(id))
    }
  }

  // MARK: What effects give to those who asked

  func start(_ job: StartedJob) { started = job }

  func handOn(_ order: SpoolOrder, _ id: JobIdentifier) { handedOn.append((order: order, id: id)) }

  func takeHandedOn() -> [(order: SpoolOrder, id: JobIdentifier)] {
    defer { handedOn = [] }
    return handedOn
  }
}
