internal import Glibc

/// Why no process could be started.
package struct SpawnFailure: Error, Sendable, CustomStringConvertible {
  package let operation: String
  package let code: Int32

  package var description: String {
    "the job's process cannot be started: \(operation): \(String(cString: strerror(code)))"
  }
}
