internal import Glibc

/// A file operation that failed: which, on what, and the system's reason.
package struct FileSystemError: Error, Sendable, Equatable, CustomStringConvertible {
  package let operation: String
  package let path: String
  /// The system's error number.
  package let code: Int32

  package init(operation: String, path: String, code: Int32) {
    self.operation = operation
    self.path = path
    self.code = code
  }

  package var reason: String { String(cString: strerror(code)) }

  package var isNotFound: Bool { code == ENOENT }
  package var exists: Bool { code == EEXIST }
  package var isPermission: Bool { code == EACCES || code == EPERM }

  package var description: String { "cannot \(operation) '\(path)': \(reason)" }
}
