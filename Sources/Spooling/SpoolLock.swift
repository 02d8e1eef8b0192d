package import DurableFiles
internal import Glibc

/// The lock that a daemon holds on its spool for as long as it lives; the kernel drops it with the process.
package final class SpoolLock: Sendable {
  /// Nobody but the daemon's own user may open the file: whoever can open it can lock it, and keep the next daemon from
  /// starting.
  private static let mode: mode_t = 0o600

  private let descriptor: Int32

  /// Takes the lock; a file that an earlier version made for a group is closed to it.
  ///
  /// - Returns: Nil if another daemon holds it.
  package init?(_ layout: SpoolLayout) throws(FileSystemError) {
    // Not for writing: that would keep an administrator from making the disk read-only.
    descriptor = open(layout.lock, O_RDONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, Self.mode)
    guard descriptor >= 0 else {
      throw FileSystemError(operation: "open", path: layout.lock, code: errno)
    }
    Self.mend(descriptor)
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      return nil
    }
  }

  deinit { close(descriptor) }

  /// On a disk that cannot be written the bits stay as they are; the lock can be had all the same.
  private static func mend(_ descriptor: Int32) {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & 0o777 != mode else { return }
    _ = fchmod(descriptor, mode)
  }

  /// Whether some daemon works on this spool now; also for users who may not open the lock.
  package static func isHeld(_ layout: SpoolLayout) -> Bool {
    let descriptor = open(layout.lock, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { return errno == EACCES && isListed(layout.lock) }
    defer { close(descriptor) }
    guard flock(descriptor, LOCK_SH | LOCK_NB) != 0 else {
      flock(descriptor, LOCK_UN)
      return false
    }
    return errno == EWOULDBLOCK
  }

  /// Whether the kernel lists a lock for writing on a file: `3: FLOCK  ADVISORY  WRITE 812 fe:00:131090 0 EOF`.
  ///
  /// The number of the file decides: some file systems number their devices differently there than in stat(2).
  private static func isListed(_ path: String) -> Bool {
    var status = stat()
    guard lstat(path, &status) == 0, let stream = fopen("/proc/locks", "re") else { return false }
    defer { fclose(stream) }
    let ending = ":\(status.st_ino)"
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, Int32(line.count), stream) != nil {
      let text = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
      let fields = text.split(whereSeparator: \.isWhitespace)
      if fields.contains("FLOCK"), fields.contains("WRITE"), fields.contains(where: { $0.hasSuffix(ending) }) {
        return true
      }
    }
    return false
  }
}
