internal import Glibc

/// The reason for which a worker process could not be started.
package struct SpawnFailure: Error, Sendable, CustomStringConvertible {
  package let operation: String
  package let code: Int32

  package var description: String {
    "cannot start the worker process of the job: \(operation): \(String(cString: strerror(code)))"
  }
}
