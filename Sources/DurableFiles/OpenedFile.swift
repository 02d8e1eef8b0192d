internal import Glibc

/// A regular file that is open for reading.
///
/// Decisions about an opened file concern this file, wherever its path leads later.
package final class OpenedFile: Sendable {
  package let path: String
  /// The status at the time of opening.
  package let status: FileSystem.Status
  private let descriptor: Int32

  /// Opens a file; links are not followed, and neither pipes nor leases block.
  ///
  /// - Throws: ``FileSystemError``, also if the path does not lead to a regular file.
  package init(_ path: String) throws(FileSystemError) {
    self.path = path
    let opened = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard opened >= 0 else { throw FileSystemError(operation: FileSystemError.opening, path: path, code: errno) }
    var found = stat()
    let code = fstat(opened, &found) == 0 ? (found.st_mode & S_IFMT == S_IFREG ? 0 : EINVAL) : errno
    guard code == 0 else {
      close(opened)
      throw FileSystemError(operation: code == EINVAL ? "read" : "access", path: path, code: code)
    }
    (descriptor, status) = (opened, FileSystem.Status(found))
  }

  deinit { close(descriptor) }

  /// Reads the file from its start, up to the size that it had when it was opened.
  ///
  /// - Throws: ``FileSystemError`` if the file has more than `limit` bytes.
  package func read(limit: Int) throws(FileSystemError) -> [UInt8] {
    guard status.byteCount <= limit else { throw FileSystemError(operation: "read", path: path, code: EFBIG) }
    var bytes = [UInt8](repeating: 0, count: status.byteCount)
    var filled = 0
    while filled < bytes.count {
      let count = bytes.withUnsafeMutableBytes { buffer in
        pread(descriptor, buffer.baseAddress?.advanced(by: filled), buffer.count - filled, off_t(filled))
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw FileSystemError(operation: "read", path: path, code: errno) }
      guard count > 0 else { break }
      filled += count
    }
    return Array(bytes.prefix(filled))
  }
}
