package import DurableFiles
internal import Glibc

/// An exclusive lock on the folder of a job; the kernel releases it when the process ends.
///
/// The lock is that of a file in the folder, so it stays in force when the folder moves between
/// states. Only the service's user can open the file: whoever can open it can lock it.
package final class FolderLock: Sendable {
  private static let mode: mode_t = 0o600

  private let descriptor: Int32

  /// Waits until no other process holds the lock.
  package init(_ folder: String) throws(FileSystemError) {
    let path = "\(folder)/\(JobFolderLayout.lockFile)"
    // Stored last: a failure after that would close it twice.
    let descriptor = try Self.opened(path)
    let code = Self.lock(descriptor)
    guard code == 0 else {
      close(descriptor)
      throw FileSystemError(operation: "lock", path: path, code: code)
    }
    self.descriptor = descriptor
  }

  /// Locks the work folder of a run in the foreground.
  ///
  /// - Returns: Nil if another run works there, or has just removed the folder.
  package init?(ofRun folder: String) throws(FileSystemError) {
    let path = "\(folder)/\(JobFolderLayout.runLockFile)"
    let descriptor = try Self.opened(path)
    let code = Self.lock(descriptor, LOCK_NB)
    var status = stat()
    guard code == 0, fstat(descriptor, &status) == 0, status.st_nlink > 0 else {
      close(descriptor)
      guard code == 0 || code == EWOULDBLOCK else { throw FileSystemError(operation: "lock", path: path, code: code) }
      return nil
    }
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  private static func opened(_ path: String) throws(FileSystemError) -> Int32 {
    let descriptor = open(path, O_RDONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, mode)
    guard descriptor >= 0 else { throw FileSystemError(operation: "open", path: path, code: errno) }
    return descriptor
  }

  /// Takes the lock and returns 0, or an error number.
  private static func lock(_ descriptor: Int32, _ flags: Int32 = 0) -> Int32 {
    while flock(descriptor, LOCK_EX | flags) != 0 {
      let code = errno
      guard code == EINTR else { return code }
    }
    return 0
  }
}
