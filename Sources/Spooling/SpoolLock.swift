package import DurableFiles
internal import Glibc

/// The lock that a daemon holds on its spool while it runs; the kernel releases it when the process ends.
package final class SpoolLock: Sendable {
  private let lock: FileLock

  /// Takes the lock, and removes permissions that earlier versions gave to the group.
  ///
  /// - Returns: Nil if another daemon holds the lock.
  package init?(_ layout: SpoolLayout) throws(FileSystemError) {
    guard let lock = try FileLock(ifFree: layout.lock) else { return nil }
    self.lock = lock
  }

  /// Returns whether a daemon holds the lock of this spool; works without permission to open the lock file.
  package static func isHeld(_ layout: SpoolLayout) -> Bool {
    let descriptor = open(layout.lock, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { return errno == EACCES && FileLock.isHeld(layout.lock) }
    defer { close(descriptor) }
    guard flock(descriptor, LOCK_SH | LOCK_NB) != 0 else {
      flock(descriptor, LOCK_UN)
      return false
    }
    return errno == EWOULDBLOCK
  }
}
