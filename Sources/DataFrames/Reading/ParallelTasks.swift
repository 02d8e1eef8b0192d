internal import Dispatch
internal import Synchronization

/// Independent tasks on several threads, with their results in order.
enum ParallelTasks {
  /// Returns the results of tasks `0..<count`.
  ///
  /// - Throws: The error of the first task in order that throws one; later tasks may not run.
  static func results<Result: Sendable>(
    count: Int, threads: Int, _ task: @escaping @Sendable (Int) throws(FrameError) -> Result
  ) throws(FrameError) -> [Result] {
    let state = Mutex(State<Result>(count: count))
    DispatchQueue.concurrentPerform(iterations: max(1, min(threads, count))) { _ in
      while let number = state.withLock({ $0.next() }) {
        let result: Swift.Result<Result, FrameError>
        do throws(FrameError) { result = .success(try task(number)) } catch {
          result = .failure(error)
        }
        state.withLock { $0.finish(number, result) }
      }
    }
    let finished = state.withLock { $0 }
    if let failure = finished.failure { throw failure.error }
    return finished.results.compactMap { $0 }
  }

  private struct State<Result: Sendable> {
    private(set) var results: [Result?]
    private(set) var failure: (number: Int, error: FrameError)?
    private var started = 0

    init(count: Int) { results = [Result?](repeating: nil, count: count) }

    /// Returns the next task; tasks start in order, so that an earlier failure is never missed.
    mutating func next() -> Int? {
      guard started < results.count, failure == nil else { return nil }
      defer { started += 1 }
      return started
    }

    mutating func finish(_ number: Int, _ result: Swift.Result<Result, FrameError>) {
      switch result {
      case .success(let value): results[number] = value
      case .failure(let error):
        if failure.map({ number < $0.number }) ?? true { failure = (number, error) }
      }
    }
  }
}
