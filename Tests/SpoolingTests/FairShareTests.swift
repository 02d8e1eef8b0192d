import Spooling
import Testing

/// Tests of the turns between submitters, with a clock that the tests move.
@Suite("Fair share between submitters")
struct FairShareTests {
  private static let (alice, bob, carol): (UInt32, UInt32, UInt32) = (1001, 1002, 1003)

  /// An order with a clock, and jobs that run for a given time.
  private struct Machine {
    var order: TurnOrder
    var places: [JobIdentifier: TurnOrder.Place] = [:]
    var running: [(id: JobIdentifier, end: Double)] = []
    var now = 0.0
    var lastNumber = 0
    /// The submitters of started jobs.
    var starts: [UInt32] = []

    init(slots: Int, groups: [String: Int] = [:]) {
      order = TurnOrder(maximumRunning: slots, groupLimits: groups)
      order.advance(to: 0)
    }

    @discardableResult
    mutating func add(
      _ submitter: UInt32, priority: Int = 0, group: String = "", isRaised: Bool = false
    ) -> JobIdentifier {
      lastNumber += 1
      let id = JobIdentifier(number: lastNumber, name: "j")
      let place = TurnOrder.Place(
        priority: priority, group: group, submitterID: submitter, isRaised: isRaised)
      places[id] = place
      order.enqueue(id, place)
      return id
    }

    /// Starts jobs that run for `seconds(submitter)` until `count` have started.
    mutating func run(_ count: Int, seconds: (UInt32) -> Double) {
      let end = starts.count + count
      while starts.count < end {
        if let id = order.next(), let place = places[id] {
          order.start(id, place)
          starts.append(place.submitterID)
          running.append((id, now + seconds(place.submitterID)))
          continue
        }
        guard let next = running.min(by: { ($0.end, $0.id) < ($1.end, $1.id) }) else { return }
        now = next.end
        order.advance(to: now)
        order.ended(next.id)
        running.removeAll { $0.id == next.id }
      }
    }

    func count(_ submitter: UInt32) -> Int { starts.count { $0 == submitter } }
  }

  @Test("the priorities of one submitter do not delay the jobs of another")
  func priorities() {
    var machine = Machine(slots: 1)
    for _ in 1...20 { machine.add(Self.alice, priority: 1000) }
    for _ in 1...20 { machine.add(Self.bob, priority: -1000) }
    machine.run(10) { _ in 60 }
    #expect(machine.starts == (0..<10).map { $0.isMultiple(of: 2) ? Self.alice : Self.bob })
  }

  @Test("submitters get equal running time, not an equal number of jobs")
  func time() {
    var machine = Machine(slots: 1)
    for _ in 1...200 { machine.add(Self.alice) }
    for _ in 1...200 { machine.add(Self.bob) }
    machine.run(110) { $0 == Self.alice ? 100 : 10 }
    // 100 s and 10 s per job, and a second for each start.
    #expect((9...11).contains(machine.count(Self.alice)), "\(machine.count(Self.alice))")
    #expect(machine.count(Self.bob) == 110 - machine.count(Self.alice))
  }

  @Test("jobs shorter than the clock's resolution take turns, too")
  func shortJobs() {
    var machine = Machine(slots: 1)
    for _ in 1...50 { machine.add(Self.alice) }
    for _ in 1...50 { machine.add(Self.bob) }
    machine.run(20) { _ in 0 }
    #expect(machine.count(Self.alice) == 10 && machine.count(Self.bob) == 10)
  }

  @Test("several slots are shared equally, however many jobs each submitter has")
  func slots() {
    var machine = Machine(slots: 4)
    for _ in 1...1000 { machine.add(Self.alice) }
    machine.run(40) { _ in 10 }
    for _ in 1...100 { machine.add(Self.bob) }
    let before = machine.count(Self.alice)
    machine.run(100) { _ in 10 }
    #expect((48...52).contains(machine.count(Self.bob)), "\(machine.count(Self.bob))")
    #expect(machine.count(Self.alice) - before == 100 - machine.count(Self.bob))
  }

  @Test("time without jobs earns no credit: who comes back takes turns with the others at once")
  func noCredit() {
    var machine = Machine(slots: 1)
    machine.add(Self.bob)
    machine.run(1) { _ in 1 }
    for _ in 1...100 { machine.add(Self.alice) }
    machine.run(50) { _ in 3600 }
    for _ in 1...100 { machine.add(Self.bob) }
    let before = machine.starts.count
    machine.run(10) { _ in 3600 }
    #expect(machine.starts.dropFirst(before).count { $0 == Self.bob } == 5)
  }

  @Test("a third submitter waits for one job of each slot only")
  func newcomer() {
    var machine = Machine(slots: 1)
    for _ in 1...50 { machine.add(Self.alice) }
    for _ in 1...50 { machine.add(Self.bob) }
    machine.run(20) { _ in 60 }
    machine.add(Self.carol)
    machine.run(2) { _ in 60 }
    #expect(machine.count(Self.carol) == 1)
  }

  @Test("within one submitter's jobs the priority decides, across groups, then the arrival")
  func ownOrder() {
    var machine = Machine(slots: 9, groups: ["night": 2])
    let ids = [(0, ""), (5, "night"), (5, ""), (-1, "night"), (0, "night")].map {
      machine.add(Self.alice, priority: $0.0, group: $0.1)
    }
    var started: [JobIdentifier] = []
    while let id = machine.order.next(), let place = machine.places[id] {
      machine.order.start(id, place)
      started.append(id)
    }
    #expect(started == [ids[1], ids[2], ids[0], ids[4]])
    machine.order.ended(ids[1])
    #expect(machine.order.next() == ids[3])
  }

  @Test("a job that did not fit keeps its turn, except before its submitter's own and before raised jobs")
  func keptTurn() {
    var machine = Machine(slots: 3, groups: ["night": 1])
    let running = machine.add(Self.alice)
    machine.order.start(running, .init(priority: 0, submitterID: Self.alice))
    let large = machine.add(Self.alice, group: "night")
    machine.order.advance(to: 1000)
    let small = machine.add(Self.bob)
    machine.order.advance(to: 2000)
    #expect(machine.order.next() == small)
    #expect(machine.order.next(keeping: large) == large)
    // While its group is full, it keeps nobody waiting.
    machine.order.start(JobIdentifier(number: 99, name: "n"), .init(priority: 0, group: "night", submitterID: 9))
    #expect(machine.order.next(keeping: large) == small)
    machine.order.ended(JobIdentifier(number: 99, name: "n"))
    let urgent = machine.add(Self.alice, priority: 1)
    #expect(machine.order.next(keeping: large) != large)
    machine.order.remove(urgent)
    let raised = machine.add(Self.carol, priority: 1, isRaised: true)
    #expect(machine.order.next(keeping: large) == raised)
  }

  @Test("a job that an operator has raised precedes all turns, among raised jobs by priority")
  func raised() {
    var machine = Machine(slots: 1)
    for _ in 1...5 { machine.add(Self.alice, priority: 1000) }
    for _ in 1...5 { machine.add(Self.bob) }
    let low = machine.add(Self.bob, priority: 1, isRaised: true)
    let high = machine.add(Self.alice, priority: 2, isRaised: true)
    #expect(machine.order.next() == high)
    machine.order.start(high, .init(priority: 2, submitterID: Self.alice, isRaised: true))
    machine.order.ended(high)
    #expect(machine.order.next() == low)
    machine.order.remove(low)
    // An operator may also lower a job.
    let lowered = machine.add(Self.carol, priority: -1, isRaised: true)
    #expect(machine.order.next() != lowered)
  }
}
