import Dispatch
package import Testing

/// Runs the tests of a suite on a thread of their own.
///
/// A test that waits for a program blocks its thread. There are only as many shared threads as
/// processors, so such tests can keep others from running for minutes. A test that has to act while
/// a process is in a certain state would miss that state.
package struct OwnThread: SuiteTrait, TestScoping {
  package func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    try await withTaskExecutorPreference(Executor()) { try await function() }
  }

  private final class Executor: TaskExecutor {
    private let queue = DispatchQueue(label: "tests of a suite")

    func enqueue(_ job: consuming ExecutorJob) {
      let job = UnownedJob(job)
      queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
  }
}

extension Trait where Self == OwnThread {
  /// Runs the tests of a suite on a thread of their own.
  package static var ownThread: Self { Self() }
}

/// Waits without a shared thread, which `Task.sleep` needs for the end of its time.
package func pause(milliseconds: Int) async {
  await withCheckedContinuation { continuation in
    pauses.asyncAfter(deadline: .now() + .milliseconds(milliseconds)) { continuation.resume() }
  }
}

private let pauses = DispatchQueue(label: "pauses of tests")
