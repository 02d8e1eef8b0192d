internal import Glibc

/// An exclusive lock of a file; the kernel releases it when the process ends.
///
/// The lock stays in force when the file moves. Only the file's owner can open it: whoever can open it can lock it.
package final class FileLock: Sendable {
  private static let mode: mode_t = 0o600

  private let descriptor: Int32

  /// Makes the file if there is none, and waits until no other process holds the lock.
  package init(waitingFor path: String) throws(FileSystemError) {
    // Stored last: a failure after that would close it twice.
    let descriptor = try Self.opened(path)
    let code = Self.lock(descriptor)
    guard code == 0 else {
      close(descriptor)
      throw FileSystemError(operation: "lock", path: path, code: code)
    }
    self.descriptor = descriptor
  }

  /// Makes the file if there is none, and takes its lock.
  ///
  /// - Returns: Nil if another process holds the lock, or has just removed the file.
  package init?(ifFree path: String) throws(FileSystemError) {
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
    // Opened for reading only: an open writer would prevent remounting the disk read-only.
    let descriptor = open(path, O_RDONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, mode)
    guard descriptor >= 0 else { throw FileSystemError(operation: "open", path: path, code: errno) }
    mend(descriptor)
    return descriptor
  }

  /// Removes permissions that earlier versions gave to others; on a read-only disk they stay, and the lock still works.
  private static func mend(_ descriptor: Int32) {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & 0o777 != mode else { return }
    _ = fchmod(descriptor, mode)
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
