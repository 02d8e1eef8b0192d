import Dispatch
import Testing
import Threads

@Suite("Actors with a queue of their own")
struct QueueExecutorTests {
  private actor Counter {
    private nonisolated let executor = QueueExecutor(label: "deepspool.test")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }
    private(set) var count = 0

    func add() {
      dispatchPrecondition(condition: .onQueue(executor.queue))
      count += 1
    }

    /// Adds from a block on the queue, as a timer or a pipe would.
    nonisolated func addFromQueue() { executor.queue.sync { assumeIsolated { $0.count += 1 } } }
  }

  @Test("an actor runs on its queue, and code on the queue is isolated to the actor")
  func isolation() async {
    let counter = Counter()
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<100 { group.addTask { await counter.add() } }
    }
    counter.addFromQueue()
    #expect(await counter.count == 101)
  }
}
