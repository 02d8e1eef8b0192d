import DurableFiles
import Spooling
import TestSupport
import Testing

/// Tests of the queue's decisions on a spool in memory, in which any step may fail at any time.
@Suite("Random walks of a queue")
struct QueueWalkTests {
  /// The content of the spool and the rules by which files move in it.
  private struct Disk {
    var incoming: [String] = []
    var claims: Set<JobIdentifier> = []
    var states: [JobIdentifier: JobState] = [:]
    var results: Set<JobIdentifier> = []
    var rejected: Set<JobIdentifier> = []
    var orders: Set<String> = []
    var accepted: Set<JobIdentifier> = []
    var removed: Set<JobIdentifier> = []
    var finished: [JobIdentifier: Int] = [:]
    var told: [SpoolEvent] = []

    var listing: SpoolListing {
      var jobs: [JobState: [JobIdentifier]] = [:]
      for (id, state) in states { jobs[state, default: []].append(id) }
      return SpoolListing(jobs: jobs, claims: claims.sorted(), results: results.sorted())
    }
  }

  private struct Life {
    var disk = Disk()
    var state = QueueState(SpoolLayout(root: ""), limits: QueueLimits(maximumRunning: 2, memoryBytes: 100))
    var random: SplitMix
    /// The percentage of failing effects.
    var failures = 0
    var clock = 0.0
    var seenEvents: Set<String> = []
    var seenEffects: Set<String> = []
    var batch: ArraySlice<Inspection> = []

    init(seed: UInt64) { random = SplitMix(seed: seed) }

    private func label(_ value: Any) -> String { Mirror(reflecting: value).children.first?.label ?? "\(value)" }

    mutating func handle(_ event: QueueEvent) {
      seenEvents.insert(label(event))
      let effects = state.apply(event)
      let contradictions = state.contradictions
      #expect(contradictions.isEmpty, "after \(event)")
      for effect in effects {
        seenEffects.insert(label(effect))
        guard Int.random(in: 0..<100, using: &random) >= failures, perform(effect) else { return }
      }
    }

    /// Returns false if the step fails by the rules of the disk.
    private mutating func perform(_ effect: QueueEffect) -> Bool {
      switch effect {
      case .claim(let file, let id):
        guard let index = disk.incoming.firstIndex(of: file.name) else { return true }
        disk.incoming.remove(at: index)
        disk.claims.insert(id)
        handle(.claimed(id, name: file.name))
      case .refuse(let file, let id, let reason):
        disk.incoming.removeAll { $0 == file.name }
        handle(.rejected(id, name: file.name, reason: reason, reasonFile: "\(id).why"))
      case .leave, .scan, .forgetAttempts, .explain, .noteWait, .forgetWait, .makePrivate, .writeLimits, .handOn,
        .noteOrder, .clearOrder, .removeTrainingState:
        break
      case .accept(let job):
        let (id, brief) = (job.id, job.brief)
        #expect(disk.claims.remove(id) != nil && disk.states[id] == nil)
        disk.states[id] = .queued
        disk.accepted.insert(id)
        handle(.accepted(id, brief))
      case .reject(let id, let place, let name, let reason):
        if case .state(let state) = place {
          #expect(disk.states[id] == state)
        } else {
          #expect(disk.claims.contains(id))
        }
        disk.claims.remove(id)
        disk.states[id] = nil
        disk.rejected.insert(id)
        handle(.rejected(id, name: name, reason: reason, reasonFile: ""))
      case .removeFolder(let id, _):
        disk.claims.remove(id)
        disk.states[id] = nil
        handle(.removed(id))
      case .move(let move):
        #expect(disk.states[move.id] == move.from, "\(move)")
        guard let next = try? move.from.applying(move.event) else { return false }
        disk.states[move.id] = next
        handle(.moved(move))
      case .start(let id): return perform(.move(.init(id, from: .queued, .start)))
      case .checkFile(let id): handle(.fileChecked(id, isThere: true))
      case .countDeath(let id, let death, let reason):
        handle(
          .deathCounted(
            id, death, count: Int.random(in: 1...3, using: &random), hasCheckpoint: Bool.random(using: &random),
            reason: reason, wallSeconds: clock))
      case .countDelay(let id, let reason):
        handle(.delayCounted(id, count: 1, reason: reason, wallSeconds: clock))
      case .publish(let id): disk.results.insert(id)
      case .removeOrder(let key):
        disk.orders.remove(key.name)
        handle(.orderGone(key))
      case .prioritise(let id, let state, let priority):
        #expect(disk.states[id] == state)
        handle(.prioritised(id, priority))
      case .rerun(let given, _, let new):
        handle(.numberTaken(new))
        handle(.orderGone(given.key))
        disk.claims.insert(new)
        handle(.claimed(new, name: new.fileName))
      case .removeJob(let id, let state):
        #expect(disk.states[id] == state && state?.isEnd == true)
        disk.states[id] = nil
        disk.removed.insert(id)
        handle(.removed(id))
      case .removeRejection(let id):
        #expect(disk.rejected.remove(id) != nil)
        disk.removed.insert(id)
      case .tell(let event):
        disk.told.append(event)
        if case .finished(let id, _) = event { disk.finished[id, default: 0] += 1 }
      }
      return true
    }

    mutating func take(_ name: String) {
      let file = IncomingFile(
        name: name, kind: .file(.init(.init(byteCount: 1, changedSeconds: 0), isWritten: false)))
      handle(.found(file, .complete, nowSeconds: clock, space: nil))
    }

    mutating func lookOn(_ finding: (inout SplitMix) -> Inspection.Finding) {
      if batch.isEmpty { batch = state.nextInspections(nowSeconds: clock)[...] }
      guard let inspection = batch.popFirst() else { return }
      guard Int.random(in: 0..<10, using: &random) > 0 else { return handle(.notInspected(inspection)) }
      let found: Inspection.Finding =
        if case .estimate = inspection.purpose {
          .needs(JobNeeds(memoryBytes: Int.random(in: 1...60, using: &random), diskBytes: 0, explanation: ""))
        } else { finding(&random) }
      handle(.inspected(inspection, found, nowSeconds: clock))
    }

    mutating func order(_ order: SpoolOrder, _ name: String) {
      let giver = OrderGiver(userID: 1, isOperator: Bool.random(using: &random))
      let given = GivenOrder(order, name, by: giver, priority: order == .priority ? 4 : nil)
      let targets = disk.states.filter { "\($0.key)" == name }.map { id, state in
        OrderTarget(id, .state(state), submitterID: UInt32.random(in: 1...2, using: &random))
      }
      let rejected = disk.rejected.filter { "\($0)" == name && disk.states[$0] == nil && !disk.claims.contains($0) }
        .map { OrderTarget($0, .rejected, submitterID: 1) }
      handle(.ordersListed(order, [name]))
      handle(.ordered(given, targets + rejected, isExpected: false))
    }

    mutating func lookAtEverything() {
      let listing = disk.listing
      for id in listing.claims { handle(.claimFound(id)) }
      for id in listing.jobs[.queued] ?? [] { handle(.queuedFound(id)) }
      for id in state.unwritten { handle(.endAgain(id)) }
      for action in state.pendingRecovery { handle(.recover(action)) }
      for name in disk.incoming { take(name) }
      var index = JobIndex(listing)
      index.identify(["j1", "j2", "nobody"]) { _ in Submitter.nobody.userID }
      handle(.jobsSeen(index, wallSeconds: clock))
    }

    mutating func restart() {
      state = QueueState(SpoolLayout(root: ""), limits: QueueLimits(maximumRunning: 2, memoryBytes: 100))
      batch = []
      handle(.began(disk.listing, highestUsed: disk.removed.map(\.number).max() ?? 0))
      for action in state.pendingRecovery { handle(.recover(action)) }
    }
  }

  private static func finding(_ random: inout SplitMix) -> Inspection.Finding {
    let after = ["j1", "j2", "nobody"][Int.random(in: 0..<3, using: &random)]
    let briefs = [
      JobBrief(), JobBrief(place: .init(priority: 5)), JobBrief(conditions: JobConditions(notBeforeSeconds: 50)),
      JobBrief(conditions: JobConditions(afterAny: [after])),
    ]
    let brief = briefs[Int.random(in: 0..<briefs.count, using: &random)]
    switch Int.random(in: 0..<10, using: &random) {
    case 0: return .unfit(reason: "no")
    case 1: return .inUse(reason: "x.csv")
    default: return .sound(brief, JobContent())
    }
  }

  private static func step(_ life: inout Life, _ number: Int) {
    let jobs = life.disk.states.keys.sorted()
    switch Int.random(in: 0..<12, using: &life.random) {
    case 0, 1:
      life.disk.incoming.append("j\(number).yaml")
      life.take("j\(number).yaml")
    case 2, 3, 4: life.lookOn(finding)
    case 5, 6: life.handle(.turn(space: nil))
    case 7:
      let running = jobs.filter { if case .running = life.state.phase($0) { true } else { false } }
      guard let id = running.randomElement(using: &life.random) else { return }
      let endings: [JobQueue.Ending] = [
        .finished, .failed(reason: "x"), .interrupted, .putOff(reason: "x"), .cancelled(reason: "x"),
        .rejected(reason: "x"), .crashed(reason: "x"), .killed(reason: "x"),
      ]
      life.handle(.ended(id, endings[Int.random(in: 0..<endings.count, using: &life.random)]))
    case 8:
      let named = jobs + life.disk.rejected.sorted()
      guard let id = named.randomElement(using: &life.random) else { return }
      let order = SpoolOrder.allCases[Int.random(in: 0..<SpoolOrder.allCases.count, using: &life.random)]
      life.order(order, "\(id)")
    case 9: life.lookAtEverything()
    case 10: life.clock += Double(Int.random(in: 0...20, using: &life.random))
    default: if Int.random(in: 0..<10, using: &life.random) == 0 { life.restart() }
    }
  }

  @Test("whatever happens and fails, no job is lost, in two places, or finished twice", arguments: 1...40)
  func walk(_ seed: Int) {
    var life = Life(seed: UInt64(seed))
    life.failures = seed % 4 * 10
    for number in 1...400 { Self.step(&life, number) }
    check(life)
    // The disk works again, and every job that can end does.
    life.failures = 0
    for _ in 1...600 {
      life.clock += 100
      life.lookAtEverything()
      life.lookOn { _ in .sound(JobBrief(), JobContent()) }
      life.handle(.turn(space: nil))
      for (id, state) in life.disk.states where state == .running { life.handle(.ended(id, .finished)) }
    }
    check(life)
    #expect(life.disk.claims.isEmpty && life.disk.incoming.isEmpty && life.state.unwritten.isEmpty)
    let open = life.disk.states.filter { [.queued, .running].contains($0.value) }
    // A job that waits for a job that never arrives waits for ever.
    for id in open.keys {
      guard case .blocked(let brief, _) = life.state.phase(id) else {
        Issue.record("\(id) is open and \(life.state.phase(id).map { "\($0)" } ?? "unknown")")
        continue
      }
      #expect(!brief.conditions.afterAny.isEmpty)
    }
  }

  private func check(_ life: Life) {
    for id in life.disk.accepted {
      #expect(
        life.disk.states[id] != nil || life.disk.rejected.contains(id) || life.disk.removed.contains(id),
        "\(id) is lost")
    }
    for (id, count) in life.disk.finished { #expect(count == 1, "\(id) finished \(count) times") }
    for (id, state) in life.disk.states {
      switch life.state.phase(id) {
      case .waiting, .blocked, .unread: #expect(state == .queued, "\(id)")
      case .running, .ending: #expect(state == .running, "\(id)")
      case .arriving, nil: break
      }
    }
  }

  @Test("the walks cover every event and effect that can occur")
  func coverage() {
    var (events, effects): (Set<String>, Set<String>) = ([], [])
    for seed in 1...40 {
      var life = Life(seed: UInt64(seed))
      life.failures = 10
      for number in 1...400 { Self.step(&life, number) }
      events.formUnion(life.seenEvents)
      effects.formUnion(life.seenEffects)
    }
    #expect(
      events.isSuperset(of: [
        "accepted", "began", "claimFound", "claimed", "deathCounted", "delayCounted", "endAgain", "ended",
        "fileChecked",
        "found",
        "inspected", "jobsSeen", "moved", "ordered", "orderGone", "ordersListed", "prioritised", "queuedFound",
        "recover", "rejected", "turn",
      ]))
    #expect(
      effects.isSuperset(of: [
        "accept", "claim", "checkFile", "countDeath", "countDelay", "explain", "forgetAttempts", "handOn", "move",
        "noteOrder", "noteWait", "prioritise",
        "publish", "reject", "removeJob", "removeOrder", "rerun", "start", "tell",
      ]))
  }
}
