internal import DurableFiles

/// All that the queue knows, and every decision that it takes: an event goes in, effects come out.
///
/// Pure: no file is touched here. ``JobQueue`` performs the effects and reports what became of them as further events;
/// a job goes from phase to phase only when its step on disk is done.
package struct QueueState: Sendable {
  /// Where a job stands that is on its way.
  package enum Phase: Sendable, Equatable {
    /// Claimed; its file is looked at, waits for that, or could not be accepted because the disk was full.
    case arriving(name: String)
    /// In the queue, but its file has not been read since the daemon began.
    case unread
    /// Waits for its turn.
    case waiting(JobBrief)
    /// Waits for something else first.
    case blocked(JobBrief, JobConditions)
    case running(JobBrief)
    /// It has run, and how it ended is not on disk yet.
    case ending(JobBrief, JobQueue.Ending)
  }

  /// What a job needs, as far as that was asked.
  enum Needs: Sendable, Equatable {
    case unknown
    case asked
    /// Nil where it cannot be said.
    case known(JobNeeds?)
  }

  struct Job: Sendable, Equatable {
    var phase: Phase
    var needs = Needs.unknown
  }

  /// The job whose turn it is but that does not fit now.
  struct Wait: Sendable, Equatable {
    let id: JobIdentifier
    let reason: String
  }

  let layout: SpoolLayout
  var limits: QueueLimits
  var resultsGroup: ResultsGroup
  private(set) var jobs: [JobIdentifier: Job] = [:]
  private(set) var turns: TurnOrder
  private(set) var blocked = BlockedJobs()
  private(set) var unread: Set<JobIdentifier> = []
  var line = InspectionLine()
  var settling = SettlingFiles()
  var nextNumber = 1
  var isAccepting = true
  var wait: Wait?
  /// Nothing is taken from `incoming` because the disk is nearly full.
  var isShortOfSpace = false
  /// Names in `incoming` that can be neither taken nor moved; they have been explained.
  var leftInPlace: Set<String> = []
  /// Orders that were carried out and whose files cannot be removed.
  var leftOrders: [SpoolOrder: Set<String>] = [:]
  /// Kinds of orders of which one may mean a job that is on its way in, or whose ending could not be written: they are
  /// taken again when it has arrived.
  var earlyOrders: Set<SpoolOrder> = []
  /// What the last daemon left and could not be brought into order yet.
  var unrecovered: [SpoolRecovery.Action] = []
  /// Deaths that are counted but whose ending is not written yet: they count once, however often that is tried.
  private(set) var countedDeaths: [JobIdentifier: Int] = [:]

  package init(_ layout: SpoolLayout, limits: QueueLimits, resultsGroup: ResultsGroup = .service) {
    self.layout = layout
    self.limits = limits
    self.resultsGroup = resultsGroup
    turns = TurnOrder(maximumRunning: limits.maximumRunning, groupLimits: limits.groups)
  }

  /// What must be done now that something has happened.
  package mutating func apply(_ event: QueueEvent) -> [QueueEffect] {
    switch event {
    case .began(let listing): began(listing)
    case .recover(let action): recover(action)
    case .fileChecked(let id, let isThere): fileChecked(id, isThere: isThere)
    case .found(let file, let occasion, let now, let space): found(file, occasion, nowSeconds: now, space)
    case .listed(let names): listed(names)
    case .claimed(let id, let name): claimed(id, name)
    case .unclaimable(let file): leave(file)
    case .claimFound(let id): claimFound(id)
    case .queuedFound(let id): queuedFound(id)
    case .room(let space): room(space)
    case .inspected(let inspection, let finding, let now): inspected(inspection, finding, nowSeconds: now)
    case .ordered(let order, let name, let isExact, let others):
      ordered(order, Name(text: name, isExact: isExact), others: others)
    case .ordersListed(let order, let names): ordersListed(order, names)
    case .orderStuck(let order, let name, let reason): orderStuck(order, name, reason: reason)
    case .limits(let limits): changed(limits)
    case .resultsGroup(let group): changed(group)
    case .stop: stop()
    case .turn(let space): turn(space)
    case .jobsSeen(let index, let wall): jobsSeen(index, wallSeconds: wall)
    case .ended(let id, let ending): ended(id, ending)
    case .endAgain(let id): endAgain(id)
    case .deathCounted(let id, let death, let count, let reason, let wall):
      deathCounted(id, death, count: count, reason: reason, wallSeconds: wall)
    case .delayCounted(let id, let count, let reason, let wall):
      delayCounted(id, count: count, reason: reason, wallSeconds: wall)
    case .accepted(let id, let brief, let submitterID): accepted(id, brief, submitterID: submitterID)
    case .rejected(let id, let name, let reason, let file): rejected(id, name: name, reason: reason, file: file)
    case .moved(let move): moved(move)
    case .removed(let id): removed(id)
    }
  }

  // MARK: Jobs

  /// What a job needs, where that is known.
  func needs(_ id: JobIdentifier) -> JobNeeds? {
    if case .known(let needs) = jobs[id]?.needs { needs } else { nil }
  }

  package func phase(_ id: JobIdentifier) -> Phase? { jobs[id]?.phase }

  /// Jobs that lie in the queue.
  package var queuedCount: Int { unread.count + turns.waitingCount + blocked.count }

  /// What a person calls a job.
  struct Name {
    let text: String
    /// Whether it is the identifier of some job, and means no other.
    let isExact: Bool

    func means(_ id: JobIdentifier) -> Bool { isExact ? id.description == text : id.matches(text) }
  }

  /// Jobs in some phases that a person may mean, in the order of arrival.
  func jobs(_ name: Name, where isMeant: (Phase) -> Bool) -> [JobIdentifier] {
    jobs.filter { name.means($0.key) && isMeant($0.value.phase) }.keys.sorted()
  }

  /// Brings a job into a phase, nil for none; the only place where the order, the blocked jobs and the line learn of it.
  mutating func set(_ id: JobIdentifier, _ phase: Phase?) {
    line.remove(id)
    turns.remove(id)
    turns.ended(id)
    blocked.remove(id)
    unread.remove(id)
    countedDeaths[id] = nil
    if wait?.id == id { wait = nil }
    guard let phase else {
      jobs[id] = nil
      return
    }
    // What a job needs is known from its turn until it has ended.
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

  /// Puts a job where it waits: for its turn, or for what it comes after.
  mutating func enqueue(_ id: JobIdentifier, _ brief: JobBrief) {
    set(id, brief.conditions.isEmpty ? .waiting(brief) : .blocked(brief, brief.conditions))
  }

  mutating func setDeaths(_ id: JobIdentifier, _ count: Int) { countedDeaths[id] = count }

  mutating func setNeeds(_ id: JobIdentifier, _ needs: Needs) { jobs[id]?.needs = needs }

  mutating func noteNews() { blocked.note() }

  mutating func nextTurn() -> JobIdentifier? { turns.next() }

  mutating func lookedAtBlocked(wallSeconds: Double, isToBeRepeated: Bool) {
    blocked.looked(wallSeconds: wallSeconds, isToBeRepeated: isToBeRepeated)
  }

  /// The groups that a job may name.
  var groups: [String] { limits.groups.keys.sorted() }

  // MARK: Settings

  private mutating func changed(_ limits: QueueLimits) -> [QueueEffect] {
    self.limits = limits
    turns.maximumRunning = limits.maximumRunning
    turns.groupLimits = limits.groups
    return [.writeLimits(limits)]
  }

  private mutating func changed(_ group: ResultsGroup) -> [QueueEffect] {
    resultsGroup = group
    return []
  }

  private mutating func stop() -> [QueueEffect] {
    isAccepting = false
    return []
  }

  // MARK: Looks at files

  /// When something should be looked at though nothing has happened.
  ///
  /// - Parameters:
  ///   - nowSeconds: Of the monotonic clock.
  ///   - wallSeconds: Since 1970.
  /// - Returns: A time of the monotonic clock; infinity for never.
  package func nextDeadlineSeconds(nowSeconds: Double, wallSeconds: Double) -> Double {
    guard isAccepting else { return .infinity }
    // Somebody may set the clock, so a time that is far away is not slept for at once.
    let untilDue = min(max(0, blocked.untilSeconds - wallSeconds), Self.clockCheckSeconds)
    return min(
      settling.nextDueSeconds(now: nowSeconds) ?? .infinity, line.nextDueSeconds ?? .infinity,
      blocked.untilSeconds.isFinite ? nowSeconds + untilDue : .infinity,
      // Nothing tells when a disk has room again.
      isShortOfSpace || wait != nil ? nowSeconds + Self.roomCheckSeconds : .infinity)
  }

  private static let clockCheckSeconds = 60.0
  private static let roomCheckSeconds = 5.0

  /// The next look at a job's files; nil while one is under way, when none is wanted, and after a stop.
  package mutating func nextInspection(nowSeconds: Double) -> Inspection? {
    isAccepting ? line.next(nowSeconds: nowSeconds) : nil
  }
}
