internal import Dispatch

/// Runs long work on a separate thread, so that it does not block Swift's cooperative pool.
enum BlockingWork {
  static func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      DispatchQueue(label: "deepspool.blocking").async { continuation.resume(with: Result(catching: work)) }
    }
  }
}
