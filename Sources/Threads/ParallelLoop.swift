internal import Dispatch
internal import Glibc
internal import Synchronization

/// A parallel loop, which keeps Swift's cooperative pool free.
///
/// For iterations that compute for milliseconds, or wait for the system. Threads that synchronise several times per row
/// are a team (`NeuronTeam`).
package enum ParallelLoop {
  /// The threads that run iterations beside the calling one.
  package enum Helpers: Sendable {
    /// Threads that libdispatch keeps for a while: loops of a few milliseconds need not start new ones.
    case kept
    /// New threads that end with the loop: libdispatch would wait for threads if the system has no more.
    case own
  }

  /// The iterations, which the threads take one by one.
  private final class Work: Sendable {
    private let count: Int
    private let next = Atomic(0)
    private let body: @Sendable (Int) -> Void

    init(count: Int, body: @escaping @Sendable (Int) -> Void) {
      self.count = count
      self.body = body
    }

    func run() {
      while true {
        let number = next.add(1, ordering: .relaxed).oldValue
        guard number < count else { return }
        body(number)
      }
    }
  }

  /// Calls `body` once for each number below `count`, and waits for all calls.
  ///
  /// - Parameters:
  ///   - count: The number of calls.
  ///   - threads: The number of threads, including this one.
  ///   - helpers: The other threads.
  ///   - body: The iteration. Which thread runs it is not defined.
  package static func run(
    _ count: Int, threads: Int, helpers: Helpers = .kept, _ body: @escaping @Sendable (Int) -> Void
  ) {
    guard count > 1, threads > 1 else { return (0..<max(0, count)).forEach(body) }
    let work = Work(count: count, body: body)
    let others = 1..<min(count, threads)
    switch helpers {
    case .kept:
      let group = DispatchGroup()
      for _ in others { DispatchQueue(label: "deepspool.loop").async(group: group) { work.run() } }
      work.run()
      group.wait()
    case .own:
      // If the system has fewer threads, those make the calls.
      let threads = others.compactMap { _ in SystemThread.create { work.run() }.thread }
      work.run()
      for thread in threads { pthread_join(thread, nil) }
    }
  }

  /// Returns the results of `body` for 0 to `count` - 1, in order.
  package static func map<Result: Sendable>(
    _ count: Int, threads: Int, _ body: @escaping @Sendable (Int) -> Result
  ) -> [Result] {
    guard count > 1, threads > 1 else { return (0..<max(0, count)).map(body) }
    let results = Mutex<[Result?]>(Array(repeating: nil, count: count))
    run(count, threads: threads) { number in
      let result = body(number)
      results.withLock { $0[number] = result }
    }
    return results.withLock { $0.compactMap { $0 } }
  }
}
