internal import Dispatch

/// Runs work that takes long on a thread of its own, so that Swift's cooperative pool stays free.
enum BlockingWork {
  static func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      DispatchQueue(label: "deepspool.blocking").async { continuation.resume(with: Result(catching: work)) }
    }
  }
}
