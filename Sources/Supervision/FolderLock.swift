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
    descriptor = open(path, O_RDONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, Self.mode)
    guard descriptor >= 0 else { throw FileSystemError(operation: "open", path: path, code: errno) }
    while flock(descriptor, LOCK_EX) != 0 {
      let code = errno
      guard code == EINTR else {
        close(descriptor)
        throw FileSystemError(operation: "lock", path: path, code: code)
      }
    }
  }

  deinit { close(descriptor) }
}
