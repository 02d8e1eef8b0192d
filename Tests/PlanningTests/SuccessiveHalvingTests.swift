import Planning
import TestSupport
import Testing

@Suite("Decisions of successive halving")
struct SuccessiveHalvingTests {
  private typealias Step = SuccessiveHalving.Step

  /// Runs a search in which `loss` is the result of each step, `parallelism` steps at a time, ended in random order.
  ///
  /// Returns the steps in the order of their starts.
  private func run(
    _ search: SuccessiveHalving, parallelism: Int = 1, shuffledBy seed: UInt64 = 0, last: Int,
    loss: (SuccessiveHalving.Step) -> SuccessiveHalving.Result? = { _ in nil }
  ) -> [SuccessiveHalving.Step] {
    var (search, random) = (search, SplitMix(seed: seed))
    var started: [SuccessiveHalving.Step] = []
    var running: [SuccessiveHalving.Step] = []
    while true {
      while running.count < parallelism, let step = search.next() {
        started.append(step)
        running.append(step)
      }
      guard !running.isEmpty else { return started }
      let step = running.remove(at: seed == 0 ? 0 : Int(random.next() % UInt64(running.count)))
      let value = Double((step.point * 7) % 10)
      search.note(loss(step) ?? (step.rung == last ? .ended(loss: value) : .paused(loss: value)), of: step)
    }
  }

  private func reached(_ steps: [SuccessiveHalving.Step], _ rung: Int) -> [Int] {
    steps.filter { $0.rung == rung }.map(\.point)
  }

  @Test("of each three results of a rung the best continues, before another point begins")
  func order() {
    // The losses of points 0 to 8 are 0, 7, 4, 1, 8, 5, 2, 9, 6.
    let steps = run(SuccessiveHalving(pointCount: 9, rungCount: 3, factor: 3), last: 2)
    let expected = [
      (0, 0), (1, 0), (2, 0), (0, 1), (3, 0), (4, 0), (5, 0), (3, 1), (6, 0), (7, 0), (8, 0), (6, 1), (0, 2),
    ]
    #expect(steps.map { [$0.point, $0.rung] } == expected.map { [$0.0, $0.1] })
  }

  @Test("the same points reach the same rungs, whatever the parallelism and the order of the results")
  func deterministic() {
    func search() -> SuccessiveHalving { SuccessiveHalving(pointCount: 23, rungCount: 4, factor: 2) }
    let plain = Set(run(search(), last: 3))
    for seed in 1...40 {
      let steps = run(search(), parallelism: 1 + seed % 7, shuffledBy: UInt64(seed), last: 3)
      #expect(Set(steps) == plain && steps.count == plain.count, "seed \(seed)")
    }
  }

  @Test("in the end the best third of all continues, even if others were promoted before them, and at least one")
  func correction() {
    // The first three points are worse than all others: one of them is promoted, and the last two after all.
    let losses = [9.0, 8, 7, 1, 2, 3]
    let steps = run(SuccessiveHalving(pointCount: 6, rungCount: 2, factor: 3), last: 1) {
      $0.rung == 0 ? .paused(loss: losses[$0.point]) : .ended(loss: losses[$0.point])
    }
    #expect(Set(reached(steps, 1)) == [2, 3, 4])
    let few = run(SuccessiveHalving(pointCount: 2, rungCount: 4, factor: 3), last: 3)
    #expect((1...3).map { reached(few, $0) } == [[0], [0], [0]])
  }

  @Test("a failed point never continues, a point without the metric comes last, of equal points the first continues")
  func failures() {
    let steps = run(SuccessiveHalving(pointCount: 4, rungCount: 2, factor: 2), last: 1) { step in
      guard step.rung == 0 else { return .ended(loss: 1) }
      return step.point == 0 ? .failed : step.point == 1 ? .paused(loss: .nan) : .paused(loss: 5)
    }
    #expect(reached(steps, 1) == [2, 3])
    let allFailed = run(SuccessiveHalving(pointCount: 3, rungCount: 3, factor: 3), last: 2) { _ in .failed }
    #expect(allFailed.count == 3)
  }

  @Test("a point whose training has ended early is compared at higher rungs without training")
  func endedEarly() {
    let steps = run(SuccessiveHalving(pointCount: 9, rungCount: 3, factor: 3), last: 2) { step in
      step.point == 0 ? .ended(loss: 0) : nil
    }
    #expect(steps.filter { $0.point == 0 }.count == 1)
    // It is the best of rung 1 too, so that nobody trains in rung 2.
    #expect(Set(reached(steps, 1)) == [3, 6] && reached(steps, 2).isEmpty)
  }

  @Test("a closed search begins no more points, completes the best one, and then further ones, the best first")
  func closed() {
    var search = SuccessiveHalving(pointCount: 100, rungCount: 3, factor: 3)
    for point in 0..<2 {
      #expect(search.next() == Step(point: point, rung: 0))
      search.note(.paused(loss: Double(5 - point)), of: Step(point: point, rung: 0))
    }
    #expect(search.leader == Step(point: 1, rung: 0))
    search.close()
    for point in [1, 0] {
      for rung in 1...2 {
        #expect(search.next() == Step(point: point, rung: rung))
        search.note(
          rung == 2 ? .ended(loss: Double(5 - point)) : .paused(loss: 4), of: Step(point: point, rung: rung))
      }
    }
    #expect(search.next() == nil && search.leader == Step(point: 1, rung: 2))
  }

  @Test("the best point can continue before its turn, and the search then goes on")
  func leaderFirst() {
    var search = SuccessiveHalving(pointCount: 9, rungCount: 2, factor: 3)
    search.continueLeader()
    #expect(search.next() == Step(point: 0, rung: 0))
    #expect(!search.isLeaderWaiting)
    search.note(.paused(loss: 1), of: Step(point: 0, rung: 0))
    for _ in 0..<2 {
      #expect(search.isLeaderWaiting)
      search.continueLeader()
    }
    #expect(search.next() == Step(point: 0, rung: 1) && !search.isLeaderWaiting)
    search.note(.ended(loss: 1), of: Step(point: 0, rung: 1))
    search.continueLeader()
    #expect(search.next() == Step(point: 1, rung: 0))
  }

  @Test("the expected steps of a search")
  func expectedSteps() {
    #expect(SuccessiveHalving(pointCount: 27, rungCount: 4, factor: 3).expectedSteps == 40)
    #expect(SuccessiveHalving(pointCount: 2, rungCount: 3, factor: 3).expectedSteps == 4)
  }
}
