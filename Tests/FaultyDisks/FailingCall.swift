package import DurableFiles
internal import Synchronization

/// A disk of which one call fails, the n-th that changes something; it counts the calls.
package final class FailingCall: Sendable {
  private let state = Mutex(0)
  private let failing: Int?
  private let code: Int32

  /// - Parameters:
  ///   - failing: Number of the call, from 1; nil to let all pass.
  ///   - code: The error number that it fails with.
  package init(_ failing: Int? = nil, code: Int32 = 0) {
    self.failing = failing
    self.code = code
  }

  /// Calls so far.
  package var count: Int { state.withLock { $0 } }

  package var fileSystem: FileSystem {
    FileSystem { _ in
      self.state.withLock { count in
        count += 1
        return count == self.failing ? self.code : nil
      }
    }
  }
}
