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
    guard descriptor >= 0 else { return errno == EACCES && isListed(layout.lock) }
    defer { close(descriptor) }
    guard flock(descriptor, LOCK_SH | LOCK_NB) != 0 else {
      flock(descriptor, LOCK_UN)
      return false
    }
    return errno == EWOULDBLOCK
  }

  /// The number of looks at the list of locks, and the bytes to read at once.
  ///
  /// Between two reads the list may change, and then a line may be missing.
  private static let (looks, blockBytes) = (3, 1 << 16)

  /// Returns whether `/proc/locks` lists a write lock on a file, in a line such as
  /// `3: FLOCK  ADVISORY  WRITE 812 fe:00:131090 0 EOF`.
  ///
  /// Only the inode number is compared: on some file systems the device number there differs from stat(2).
  private static func isListed(_ path: String) -> Bool {
    var status = stat()
    guard lstat(path, &status) == 0 else { return false }
    return (1...looks).contains { _ in isListed(status) }
  }

  private static func isListed(_ status: stat) -> Bool {
    guard let stream = fopen("/proc/locks", "re") else { return false }
    defer { fclose(stream) }
    setvbuf(stream, nil, _IOFBF, blockBytes)
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
