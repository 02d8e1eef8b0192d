package import DurableFiles

/// A queue of jobs in a spool that accepts dropped files, orders jobs and moves them between states.
///
/// A thin shell: ``QueueState`` decides, ``SpoolDirectory`` performs the steps on disk. The queue hands
/// out its ``inspections``, which happen elsewhere, so the actor stays responsive. Every step is
/// durable before its event is reported.
package actor JobQueue {
  /// A job that must run now.
  package struct StartedJob: Sendable {
    package let id: JobIdentifier
    package let jobText: [UInt8]
    /// The job's folder, in which the worker writes.
    package let folder: String
    package let submitter: Submitter
    /// Whether progress events of the job are left out of the journal.
    package let isQuiet: Bool
    /// The maximum running time that the job file sets; nil for none.
    package let maximumRuntimeSeconds: Double?
    /// The processes that train the job together; nil for one.
    package let ranks: JobBrief.Ranks?
    /// The estimated needs; nil if they could not be estimated.
    package let needs: JobNeeds?
    /// The running time in seconds before this start.
    package let earlierSeconds: Double
  }

  /// The inspections to do, one batch at a time; ``inspected(_:_:)`` takes their findings.
  package nonisolated let inspections: AsyncStream<[Inspection]>
  private let inspectionsContinuation: AsyncStream<[Inspection]>.Continuation

  let directory: SpoolDirectory
  let onEvent: @Sendable (SpoolEvent) -> Void
  let secondsNow: @Sendable () -> Double
  let wallSeconds: @Sendable () -> Double
  /// The difference between both clocks when the queue was created.
  let clockOffsetSeconds: Double
  private(set) var state: QueueState
  /// Set by effects and returned to the caller.
  private var started: StartedJob?
  private var handedOn: [(order: SpoolOrder, id: JobIdentifier)] = []
  var unscanned = Unscanned()
  /// Rejected files by the name of their reason, which tell what became of the latest job of a name.
  var rejections: [String: Rejection] = [:]
  /// The submitters of jobs that orders or other jobs name.
  var submitterIDs: [JobIdentifier: UInt32] = [:]
  /// The running time of running jobs before their start, and the time of the start, in seconds.
  var runStarts: [JobIdentifier: (earlierSeconds: Double, startSeconds: Double)] = [:]
  /// The accounts as the spool has them.
  var notedAccounts: RunningTimeAccounts?
  /// Answers to orders, each reported once a minute at most.
  var answers = ToldProblems()
  /// The files of orders as they were read.
  var orderVersions: [GivenOrder.Key: OrderFile.Version] = [:]
  /// Whether some order could not be carried out and must be taken again.
  var hasFailedOrders = false
  private var whenSettled: [CheckedContinuation<Void, Never>] = []

  /// Creates a queue for a spool.
  ///
  /// - Parameters:
  ///   - directory: The spool.
  ///   - limits: The limits for running jobs.
  ///   - resultsGroup: The group that may read results.
  ///   - secondsNow: A monotonic clock.
  ///   - wallSeconds: Seconds since 1970.
  ///   - onEvent: Called with what happens to jobs.
  package init(
    _ directory: SpoolDirectory, limits: QueueLimits, resultsGroup: ResultsGroup = .service,
    secondsNow: @escaping @Sendable () -> Double, wallSeconds: @escaping @Sendable () -> Double,
    onEvent: @escaping @Sendable (SpoolEvent) -> Void
  ) {
    (inspections, inspectionsContinuation) = AsyncStream.makeStream()
    self.directory = directory
    self.secondsNow = secondsNow
    self.wallSeconds = wallSeconds
    self.onEvent = onEvent
    clockOffsetSeconds = wallSeconds() - secondsNow()
    state = QueueState(directory.layout, limits: limits, resultsGroup: resultsGroup)
  }

  deinit { inspectionsContinuation.finish() }

  var layout: SpoolLayout { directory.layout }
  var fileSystem: FileSystem { directory.fileSystem }

  package var queuedCount: Int { state.queuedCount }

  /// The time of the next call of ``lookAgain()`` and ``startNext()`` in the absence of events;
  /// infinity for never.
  package var nextDeadlineSeconds: Double {
    state.nextDeadlineSeconds(nowSeconds: secondsNow(), wallSeconds: wallSeconds())
  }

  /// For tests; see ``QueueState/contradictions``.
  package var contradictions: [String] { state.contradictions }

  /// Changes the limits; they apply from the next start of a job.
  package func setLimits(_ limits: QueueLimits, resultsGroup: ResultsGroup) {
    try? handle(.resultsGroup(resultsGroup))
    try? handle(.limits(limits))
  }

  /// Stops taking files and starting jobs.
  package func stopAccepting() { try? handle(.stop) }

  // MARK: Events and effects

  /// Applies an event to the state and performs the resulting effects in order.
  ///
  /// - Throws: The error of the effect that failed; later effects are skipped.
  func handle(_ event: QueueEvent) throws(FileSystemError) {
    for effect in decide(event) { try perform(effect) }
  }

  private func decide(_ event: QueueEvent) -> [QueueEffect] {
    let effects = state.apply(event)
    assert(isSound, "\(state.contradictions) after \(event)")
    return effects
  }

  /// Checked in debug builds only, and only for queues small enough for a full check.
  private var isSound: Bool { state.jobs.count > Self.checkedJobs || state.contradictions.isEmpty }
  private static let checkedJobs = 500

  /// Calls `body` for each element, even after failures; throws the last error.
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

  // MARK: Inspections

  /// Requests the next inspections, unless others are in progress.
  func lookOn() {
    let batch = state.nextInspections(nowSeconds: secondsNow())
    guard batch.isEmpty else {
      inspectionsContinuation.yield(batch)
      return
    }
    guard isSettled else { return }
    for waiter in whenSettled { waiter.resume() }
    whenSettled = []
  }

  /// Takes the findings of a batch of inspections; afterwards jobs may start.
  ///
  /// The next batch begins while this method writes to the disk. Sound jobs are accepted together.
  ///
  /// `findings`: In the order of the batch; inspections without a finding are repeated.
  package func inspected(_ batch: [Inspection], _ findings: [Inspection.Finding]) throws(FileSystemError) {
    defer { lookOn() }
    var steps = zip(batch, findings).map { decide(.inspected($0, $1, nowSeconds: secondsNow())) }
    steps += batch.dropFirst(findings.count).map { decide(.notInspected($0)) }
    lookOn()
    var sound: [SpoolDirectory.Acceptance] = []
    var failure: FileSystemError?
    for effects in steps {
      do throws(FileSystemError) {
        for effect in effects { if case .accept(let job) = effect { sound.append(job) } else { try perform(effect) } }
      } catch {
        failure = error
      }
    }
    try accept(sound)
    if let failure { throw failure }
  }

  /// Whether all known files have been inspected, except those in use.
  package var isSettled: Bool {
    !state.line.isBusy && (state.line.isIdle || !state.isAccepting)
  }

  /// Waits until ``isSettled`` is true.
  package func settled() async {
    guard !isSettled else { return }
    await withCheckedContinuation { whenSettled.append($0) }
  }

  // MARK: Running

  /// Moves the next job to `running` and returns it; nil if no job may start now.
  ///
  /// A job that cannot be moved, because the disk is full or read-only, stays in the queue and is retried.
  package func startNext() throws(FileSystemError) -> StartedJob? {
    defer { lookOn() }
    try lookAtBlocked()
    started = nil
    var hasTakenOrders = false
    while started == nil {
      let effects = state.apply(.turn(space: fileSystem.space(layout.root), nowSeconds: secondsNow()))
      guard !effects.isEmpty else { return nil }
      if !hasTakenOrders, effects.contains(where: \.isStart), directory.hasOrders() {
        // An order that is there before a job starts applies to it.
        hasTakenOrders = true
        carryOutOrdersQuietly()
        continue
      }
      for effect in effects { try perform(effect) }
    }
    return started
  }

  private func lookAtBlocked() throws(FileSystemError) {
    let wall = wallSeconds()
    try handle(.clock(wallSeconds: wall))
    // The end of one job may concern others that arrived before it.
    while state.blocked.needLook(wallSeconds: wall) {
      let listing = try SpoolListing.read(layout, fileSystem: fileSystem)
      rejections = rejections.filter { listing.rejected.contains($0.key) }
      var index = JobIndex(listing, rejections: rejections.values)
      index.identify(state.blocked.awaitedNames) { submitterID(of: $0) }
      try handle(.jobsSeen(index, wallSeconds: wall))
    }
  }

  /// Moves a job that ran to the state for its ending; ``retryEndings()`` retries failures.
  package func ended(_ id: JobIdentifier, _ ending: Ending) throws(FileSystemError) {
    defer { noteAccounts() }
    guard fileSystem.exists(layout.folder(id, in: .running)) else { return try handle(.removed(id)) }
    noteEnd(id)
    try handle(.ended(id, ending))
  }

  /// Retries endings that could not be written.
  package func retryEndings() throws(FileSystemError) {
    try forEach(state.unwritten) { id throws(FileSystemError) in
      let isThere = fileSystem.exists(layout.folder(id, in: .running))
      try handle(isThere ? .endAgain(id) : .removed(id))
    }
  }

  // MARK: Values that effects return to callers

  func start(_ job: StartedJob) { started = job }

  func handOn(_ order: SpoolOrder, _ id: JobIdentifier) { handedOn.append((order: order, id: id)) }

  package func takeHandedOn() -> [(order: SpoolOrder, id: JobIdentifier)] {
    defer { handedOn = [] }
    return handedOn
  }
}
