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

  // MARK: The locks of others

  /// The number of looks at the list of locks, and the bytes to read at once.
  ///
  /// Between two reads the list may change, and then a line may be missing.
  private static let (looks, blockBytes) = (3, 1 << 16)

  /// Returns whether a process holds the lock of a file, without opening it.
  package static func isHeld(_ path: String) -> Bool { listed(path) != nil }

  /// Returns the process that holds the lock of a file, without opening it; nil if there is none, or none that this
  /// process can see.
  package static func holder(of path: String) -> Int32? { listed(path).flatMap { $0 > 0 ? $0 : nil } }

  /// Returns the number of the process that has a write lock on a file; nil if `/proc/locks` lists none.
  ///
  /// A line of that file is, for example, `3: FLOCK  ADVISORY  WRITE 812 fe:00:131090 0 EOF`.
  ///
  /// Only the inode number is compared: on some file systems the device number there differs from stat(2).
  private static func listed(_ path: String) -> Int32? {
    var status = stat()
    guard lstat(path, &status) == 0 else { return nil }
    for _ in 1...looks {
      if let processID = listed(status) { return processID }
    }
    return nil
  }

  private static func listed(_ status: stat) -> Int32? {
    guard let stream = fopen("/proc/locks", "re") else { return nil }
    defer { fclose(stream) }
    setvbuf(stream, nil, _IOFBF, blockBytes)
    let ending = ":\(status.st_ino)"
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, Int32(line.count), stream) != nil {
      let text = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
      let fields = text.split(whereSeparator: \.isWhitespace)
      // A process that waits for the lock has an arrow in its line.
      guard !fields.contains("->"), fields.contains("FLOCK"), let kind = fields.firstIndex(of: "WRITE"),
        fields.count > kind + 2, fields[kind + 2].hasSuffix(ending)
      else { continue }
      return Int32(fields[kind + 1]) ?? 0
    }
    return nil
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
