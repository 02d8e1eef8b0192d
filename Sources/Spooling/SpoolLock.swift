package import DurableFiles
internal import Glibc

/// The lock that a daemon holds on its spool for as long as it lives; the kernel drops it with the process.
package final class SpoolLock: Sendable {
  private let descriptor: Int32

  /// Takes the lock.
  ///
  /// - Returns: Nil if another daemon holds it.
  package init?(_ layout: SpoolLayout) throws(FileSystemError) {
    // Not for writing: that would keep an administrator from making the disk read-only.
    descriptor = open(layout.lock, O_RDONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o644)
    guard descriptor >= 0 else { throw FileSystemError(operation: "open", path: layout.lock, code: errno) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      return nil
    }
  }

  deinit { close(descriptor) }

  /// Whether some daemon works on this spool now.
  package static func isHeld(_ layout: SpoolLayout) -> Bool {
    let descriptor = open(layout.lock, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    guard flock(descriptor, LOCK_SH | LOCK_NB) != 0 else {
      flock(descriptor, LOCK_UN)
      return false
    }
    return errno == EWOULDBLOCK
  }
}
