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

  package var reason: String {
    isInUse ? "it is in use by another program, which holds a lease on it" : String(cString: strerror(code))
  }

  /// Another program has a lease on the file (fcntl(2)).
  ///
  /// The system asks it to give the file up, which takes up to 45 s (/proc/sys/fs/lease-break-time). An answer, not a
  /// fault: the file is tried again later.
  package var isInUse: Bool { operation == Self.opening && code == EAGAIN }

  /// What opening such a file throws.
  package static func inUse(_ path: String) -> FileSystemError {
    FileSystemError(operation: opening, path: path, code: EAGAIN)
  }

  static let opening = "open"

  package var isNotFound: Bool { code == ENOENT }
  package var exists: Bool { code == EEXIST }
  package var isPermission: Bool { code == EACCES || code == EPERM }

  package var description: String { "cannot \(operation) '\(path)': \(reason)" }
}
