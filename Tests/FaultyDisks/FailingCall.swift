package import DurableFiles
internal import Synchronization

/// A file system whose n-th modifying call fails; it also counts these calls.
package final class FailingCall: Sendable {
  private let state = Mutex(0)
  private let failing: Int?
  private let code: Int32

  /// - Parameters:
  ///   - failing: The number of the failing call, from 1; nil if no call fails.
  ///   - code: The errno of the failure.
  package init(_ failing: Int? = nil, code: Int32 = 0) {
    self.failing = failing
    self.code = code
  }

  /// The number of calls so far.
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
