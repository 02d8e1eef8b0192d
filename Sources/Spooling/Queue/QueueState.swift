internal import DurableFiles

/// The complete state of the queue and all its decisions: events in, effects out.
///
/// Pure: this type touches no file. ``JobQueue`` performs the effects and reports their outcome as
/// further events. A job changes phase only after its step on disk is done.
package struct QueueState: Sendable {
  /// The phase of a job that has not ended.
  package enum Phase: Sendable, Equatable {
    /// Claimed; its inspection is pending or in progress, or acceptance failed because the disk was full.
    case arriving(name: String)
    /// Queued, but its file has not been read since the daemon started.
    case unread
    case waiting(JobBrief)
    /// Waits for another job or a time.
    case blocked(JobBrief, JobConditions)
    case running(JobBrief)
    /// Ended, but the ending is not on disk yet.
    case ending(JobBrief, JobQueue.Ending)
  }

  /// The needs of a job, as far as they are known.
  enum Needs: Sendable, Equatable {
    case unknown
    case asked
    /// Nil if the needs cannot be estimated; apart from the other jobs, because few have them.
    indirect case known(JobNeeds?)
  }

  struct Job: Sendable, Equatable {
    var phase: Phase
    var needs = Needs.unknown
  }

  /// A memory limit before a reload lowered it.
  private struct LoweredLimit: Sendable, Equatable {
    let bytes: Int
    /// The number of the first job that came later.
    let nextNumber: Int
  }

  /// The next job, which does not fit now.
  struct Wait: Sendable, Equatable {
    let id: JobIdentifier
    let reason: String
  }

  let layout: SpoolLayout
  var limits: QueueLimits
  private var loweredLimits: [LoweredLimit] = []
  var resultsGroup: ResultsGroup
  private(set) var jobs: [JobIdentifier: Job] = [:]
  private(set) var turns: TurnOrder
  private(set) var blocked = BlockedJobs()
  private(set) var unread: Set<JobIdentifier> = []
  var queuedBySubmitter = SubmitterCounts()
  /// The latest submitters by number; jobs share them.
  private var submitters: [UInt32: Submitter] = [:]
  var line = InspectionLine()
  var settling = SettlingFiles()
  var nextNumber = 1
  var isAccepting = true
  var wait: Wait?
  /// The time of day when the conditions of jobs were last checked; 0 before.
  var lastWallSeconds = 0.0
  /// Whether files stay in `incoming` because the disk is nearly full.
  var isShortOfSpace = false
  /// Names in `incoming` that can be neither taken nor moved; the reason has been reported.
  var leftInPlace: Set<String> = []
  var orders = OrderBook()
  /// Recovery actions that have not succeeded yet.
  var unrecovered: [SpoolRecovery.Action] = []
  /// Deaths that are counted but whose ending is not written yet, so that retries do not count them again.
  private(set) var countedDeaths: [JobIdentifier: Int] = [:]

  package init(_ layout: SpoolLayout, limits: QueueLimits, resultsGroup: ResultsGroup = .service) {
    self.layout = layout
    self.limits = limits
    self.resultsGroup = resultsGroup
    turns = TurnOrder(maximumRunning: limits.maximumRunning, groupLimits: limits.groups)
  }

  /// Applies an event and returns the steps that follow from it.
  package mutating func apply(_ event: QueueEvent) -> [QueueEffect] {
    switch event {
    case .began(let listing, let used): began(listing, highestUsed: used)
    case .accountsFound(let accounts): restore(accounts)
    case .recover(let action): recover(action)
    case .fileChecked(let id, let isThere): fileChecked(id, isThere: isThere)
    case .found(let file, let occasion, let now, let space): found(file, occasion, nowSeconds: now, space)
    case .listed(let names): listed(names)
    case .claimed(let id, let name): claimed(id, name)
    case .unclaimable(let file): leave(file)
    case .claimFound(let id): claimFound(id)
    case .queuedFound(let id): queuedFound(id)
    case .heldFound(let id, let submitterID): heldFound(id, submitterID)
    case .room(let space): room(space)
    case .inspected(let inspection, let finding, let now): inspected(inspection, finding, nowSeconds: now)
    case .notInspected(let inspection): notInspected(inspection)
    case .ordered(let given, let targets, let isExpected): ordered(given, targets, isExpected: isExpected)
    case .ordersExamined: ordersExamined()
    case .ordersListed(let order, let names): ordersListed(order, names)
    case .orderUnfinished(let key): orderUnfinished(key)
    case .oddOrder(let key, let giver, let reason): oddOrder(key, giver, reason: reason)
    case .orderGone(let key): orderGone(key)
    case .orderStuck(let key, let reason): orderStuck(key, reason: reason)
    case .notFinished(let id, let hasCheckpoint): notFinished(id, hasCheckpoint: hasCheckpoint)
    case .limits(let limits): changed(limits)
    case .resultsGroup(let group): changed(group)
    case .stop: stop()
    case .turn(let space, let now): turn(space, nowSeconds: now)
    case .clock(let wall): clock(wallSeconds: wall)
    case .jobsSeen(let index, let wall): jobsSeen(index, wallSeconds: wall)
    case .ended(let id, let ending): ended(id, ending)
    case .endAgain(let id): endAgain(id)
    case .deathCounted(let id, let death, let count, let hasCheckpoint, let reason, let wall):
      deathCounted(id, death, count: count, hasCheckpoint: hasCheckpoint, reason: reason, wallSeconds: wall)
    case .delayCounted(let id, let count, let reason, let wall):
      delayCounted(id, count: count, reason: reason, wallSeconds: wall)
    case .accepted(let id, let brief): accepted(id, brief)
    case .rejected(let id, let name, let reason, let file): rejected(id, name: name, reason: reason, file: file)
    case .moved(let move): moved(move)
    case .prioritised(let id, let priority): prioritised(id, priority)
    case .numberTaken(let id): numberTaken(id)
    case .removed(let id): removed(id)
    }
  }

  // MARK: Jobs

  /// Returns the needs of a job, if known.
  func needs(_ id: JobIdentifier) -> JobNeeds? {
    if case .known(let needs) = jobs[id]?.needs { needs } else { nil }
  }

  package func phase(_ id: JobIdentifier) -> Phase? { jobs[id]?.phase }

  /// The number of jobs in the queue.
  package var queuedCount: Int { unread.count + turns.waitingCount + blocked.count }

  /// Moves a job into a phase, or forgets it if `phase` is nil.
  ///
  /// Only this method updates the indexes by phase: the order, the blocked and unread jobs, and the inspections that
  /// a phase requires.
  mutating func set(_ id: JobIdentifier, _ phase: Phase?) {
    line.remove(id)
    turns.remove(id)
    turns.ended(id)
    blocked.remove(id)
    unread.remove(id)
    countedDeaths[id] = nil
    if wait?.id == id { wait = nil }
    orders.noteChange(of: id)
    // A released job stays counted until it has been read.
    if phase != .unread { queuedBySubmitter.set(id, phase?.queuedSubmitterID) }
    guard let phase else {
      jobs[id] = nil
      return
    }
    // The needs of a running job stay known; in every other phase they are estimated again.
    nextNumber = max(nextNumber, id.number + 1)
    let isStart = if case .running = phase { true } else { false }
    jobs[id] = Job(phase: phase, needs: isStart ? jobs[id]?.needs ?? .unknown : .unknown)
    switch phase {
    case .arriving(let name): line.add(id, .acceptance(name: name), groups: groups)
    case .unread:
      unread.insert(id)
      line.add(id, .load, groups: groups)
    case .waiting(let brief): turns.enqueue(id, brief.place)
    case .blocked(_, let conditions): blocked.add(id, conditions)
    case .running(let brief): turns.start(id, brief.place)
    case .ending: break
    }
  }

  /// Queues a job, or blocks it if it has conditions.
  mutating func enqueue(_ id: JobIdentifier, _ brief: JobBrief) {
    let userID = brief.submitter.userID
    if submitters[userID] != brief.submitter { submitters[userID] = brief.submitter }
    let brief = brief.sharing(submitters[userID] ?? brief.submitter)
    set(id, brief.conditions.isEmpty ? .waiting(brief) : .blocked(brief, brief.conditions))
  }

  mutating func setDeaths(_ id: JobIdentifier, _ count: Int) { countedDeaths[id] = count }

  mutating func setNeeds(_ id: JobIdentifier, _ needs: Needs) { jobs[id]?.needs = needs }

  mutating func noteNews() { blocked.note() }

  /// Returns the job whose turn it is.
  mutating func nextTurn(nowSeconds: Double) -> JobIdentifier? {
    turns.advance(to: nowSeconds)
    return turns.next(keeping: wait?.id)
  }

  mutating func restore(_ accounts: RunningTimeAccounts) -> [QueueEffect] {
    turns.restore(accounts)
    return []
  }

  mutating func lookedAtBlocked(wallSeconds: Double, isToBeRepeated: Bool) {
    blocked.looked(wallSeconds: wallSeconds, isToBeRepeated: isToBeRepeated)
  }

  /// The groups that a job may name.
  var groups: [String] { limits.groups.keys.sorted() }

  // MARK: Settings

  /// Returns whether a job would have fitted under a memory limit that was lowered after its arrival.
  func fittedBefore(_ id: JobIdentifier, memoryBytes: Int) -> Bool {
    loweredLimits.contains { id.number < $0.nextNumber && memoryBytes <= $0.bytes }
  }

  private mutating func changed(_ limits: QueueLimits) -> [QueueEffect] {
    let removed = Set(self.limits.groups.keys).subtracting(limits.groups.keys)
    if limits.memoryBytes < self.limits.memoryBytes {
      loweredLimits.append(LoweredLimit(bytes: self.limits.memoryBytes, nextNumber: nextNumber))
    }
    self.limits = limits
    turns.maximumRunning = limits.maximumRunning
    turns.groupLimits = limits.groups
    return [.writeLimits(limits)]
      + removed.sorted().compactMap { group in
        let waiting = waitingJobs(ofGroup: group)
        return waiting.isEmpty ? nil : .tell(.groupGone(group, waiting: waiting))
      }
  }

  /// Returns the queued jobs of a group, in order of arrival.
  private func waitingJobs(ofGroup group: String) -> [JobIdentifier] {
    jobs.filter { _, job in
      switch job.phase {
      case .waiting(let brief), .blocked(let brief, _): brief.place.group == group
      case .arriving, .unread, .running, .ending: false
      }
    }.keys.sorted()
  }

  private mutating func changed(_ group: ResultsGroup) -> [QueueEffect] {
    resultsGroup = group
    return []
  }

  /// Returns the step that keeps a job to its submitter, if configured.
  func privacy(_ id: JobIdentifier, _ place: QueueEffect.Place, _ brief: JobBrief) -> [QueueEffect] {
    resultsGroup == .submitter ? [.makePrivate(id, place, brief.submitter)] : []
  }

  private mutating func stop() -> [QueueEffect] {
    isAccepting = false
    return []
  }

  // MARK: Deadlines and inspections

  /// Returns the time of the next check in the absence of events.
  ///
  /// - Parameters:
  ///   - nowSeconds: The time of the monotonic clock.
  ///   - wallSeconds: The wall time in seconds since 1970.
  /// - Returns: A time of the monotonic clock; infinity for never.
  package func nextDeadlineSeconds(nowSeconds: Double, wallSeconds: Double) -> Double {
    guard isAccepting else { return .infinity }
    // The clock may be set, so distant times are checked at intervals.
    let untilDue = min(max(0, blocked.untilSeconds - wallSeconds), Self.clockCheckSeconds)
    return min(
      settling.nextDueSeconds ?? .infinity, line.nextDueSeconds ?? .infinity,
      blocked.untilSeconds.isFinite ? nowSeconds + untilDue : .infinity,
      // No event reports that a disk has room again.
      isShortOfSpace || wait != nil ? nowSeconds + Self.roomCheckSeconds : .infinity)
  }

  private static let clockCheckSeconds = 60.0
  private static let roomCheckSeconds = 5.0

  /// Returns the next inspections; none while others are in progress, and after a stop.
  package mutating func nextInspections(nowSeconds: Double) -> [Inspection] {
    isAccepting ? line.next(nowSeconds: nowSeconds) : []
  }
}
