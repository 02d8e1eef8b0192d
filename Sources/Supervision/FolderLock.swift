package import DurableFiles
internal import Glibc

/// An exclusive lock on the folder of a job; the kernel releases it when the process ends.
///
/// The lock belongs to the folder, not to its path, so it stays in force when the folder moves
/// between states.
package final class FolderLock: Sendable {
  private let descriptor: Int32

  /// Waits until no other process holds the lock.
  package init(_ path: String) throws(FileSystemError) {
    descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
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
