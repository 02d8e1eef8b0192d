import Synchronization
import Testing
import Threads

@Suite("Parallel loops")
struct ParallelLoopTests {
  @Test(
    "every number gets one call, with any number of threads",
    arguments: [(0, 4), (1, 4), (2, 1), (7, 2), (100, 3), (3, 100), (5, 0)])
  func calls(_ count: Int, _ threads: Int) {
    let calls = Mutex([Int](repeating: 0, count: count))
    ParallelLoop.run(count, threads: threads) { number in calls.withLock { $0[number] += 1 } }
    #expect(calls.withLock { $0 } == [Int](repeating: 1, count: count))
  }

  @Test("results come in the order of their numbers", arguments: [1, 2, 5])
  func order(_ threads: Int) {
    #expect(ParallelLoop.map(50, threads: threads) { $0 * $0 } == (0..<50).map { $0 * $0 })
    #expect(ParallelLoop.map(0, threads: threads) { $0 }.isEmpty)
  }

  @Test(
    "iterations of as many threads run at the same time, and not more",
    arguments: [ParallelLoop.Helpers.kept, .own])
  func threads(_ helpers: ParallelLoop.Helpers) {
    let threads = 4
    let running = Atomic(0)
    let most = Mutex(0)
    ParallelLoop.run(20, threads: threads, helpers: helpers) { number in
      let now = running.add(1, ordering: .sequentiallyConsistent).newValue
      most.withLock { $0 = max($0, now) }
      // The first iterations wait until each thread has one.
      if number < threads { while most.withLock({ $0 }) < threads {} }
      running.subtract(1, ordering: .sequentiallyConsistent)
    }
    #expect(most.withLock { $0 } == threads)
  }

  @Test("loops nest")
  func nested() {
    let sums = ParallelLoop.map(4, threads: 2) { outer in
      ParallelLoop.map(10, threads: 3) { $0 * outer }.reduce(0, +)
    }
    #expect(sums == [0, 45, 90, 135])
  }
}
