package import DurableFiles
internal import Glibc

/// Holds the folder of a job for one process; the kernel drops the lock with the process.
///
/// The lock belongs to the folder, not to its name, and moves with it from state to state.
package final class FolderLock: Sendable {
  private let descriptor: Int32

  /// Waits until nobody else has the folder.
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
