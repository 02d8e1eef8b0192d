internal import Glibc

/// A failed file operation, with the path and the system's error number.
package struct FileSystemError: Error, Sendable, Equatable, CustomStringConvertible {
  package let operation: String
  package let path: String
  /// The new path of a rename; nil for other operations.
  package let target: String?
  package let code: Int32
  /// Whether a user may read the file for whom this process has failed to open it.
  private let isReadableByUser: Bool

  package init(operation: String, path: String, target: String? = nil, code: Int32) {
    self.init(operation: operation, path: path, target: target, code: code, isReadableByUser: false)
  }

  private init(operation: String, path: String, target: String?, code: Int32, isReadableByUser: Bool) {
    self.operation = operation
    self.path = path
    self.target = target
    self.code = code
    self.isReadableByUser = isReadableByUser
  }

  package var reason: String {
    if isInUse { return "it is in use by another program (file lease)" }
    if isReadableByUser {
      return "you may read it, but the service may not; let its group read it, for example with: "
        + "chgrp \(UserDatabase.ownGroup) FILE && chmod g+r FILE"
    }
    if operation == Self.creating {
      let folder = Paths.folder(of: path)
      switch code {
      case EACCES: return "permission to write to the folder '\(folder)' is missing"
      case ENOENT: return "the folder '\(folder)' does not exist"
      case ENOTDIR: return "'\(folder)' is not a folder"
      default: break
      }
    }
    return String(cString: strerror(code))
  }

  /// Whether another program has a lease on the file (fcntl(2)).
  ///
  /// The system asks that program to release the file, which takes up to 45 s
  /// (`/proc/sys/fs/lease-break-time`). This is a temporary condition: the caller retries later.
  package var isInUse: Bool { operation == Self.opening && code == EAGAIN }

  /// Returns the error of opening a file that is in use.
  package static func inUse(_ path: String) -> FileSystemError {
    FileSystemError(operation: opening, path: path, code: EAGAIN)
  }

  /// Returns the error of a file that a user may read, and this process may not.
  static func refusedToService(_ path: String) -> FileSystemError {
    FileSystemError(operation: opening, path: path, target: nil, code: EACCES, isReadableByUser: true)
  }

  /// Returns the error of a file whose content is invalid.
  package static func damaged(_ path: String) -> FileSystemError {
    FileSystemError(operation: "understand", path: path, code: EBADMSG)
  }

  /// Operations that only read.
  private static let readings: Set = [opening, "read", "list", "access", "understand"]

  /// Whether something could not be read, so that the input is invalid.
  package var isOfReading: Bool { Self.readings.contains(operation) }

  static let opening = "open"
  static let renaming = "rename"
  static let creating = "create"
  /// To give a complete file its name.
  static let placing = "replace"

  /// The error for a user who must not learn what exists: what they may not read, and where links lead, is missing.
  package var hidden: FileSystemError {
    [EACCES, EPERM, ELOOP, ENOTDIR].contains(code) && !isReadableByUser
      ? FileSystemError(operation: operation, path: path, target: target, code: ENOENT) : self
  }

  /// Whether the path leads to no regular file.
  package var isNoFile: Bool { [ENOENT, ENOTDIR, EINVAL].contains(code) }

  /// Whether the file system has no access control lists.
  package var isUnsupported: Bool { code == EOPNOTSUPP }

  package var isNotFound: Bool { code == ENOENT }
  /// Whether a new file could not be made.
  package var isOfCreation: Bool { operation == Self.creating }
  /// Whether a name could not be given to a complete file.
  package var isOfRename: Bool { [Self.renaming, Self.placing].contains(operation) }
  package var exists: Bool { code == EEXIST }
  package var isPermission: Bool { code == EACCES || code == EPERM }
  /// Whether a rename failed because source and target are on different file systems or mounts.
  package var isOtherFileSystem: Bool { code == EXDEV }

  package var description: String {
    "cannot \(operation) '\(path)'" + (target.map { " to '\($0)'" } ?? "") + ": \(reason)"
  }
}
