internal import Glibc

/// A regular file that is open for reading.
///
/// Decisions about an opened file concern this file, wherever its path leads later.
package final class OpenedFile {
  package let path: String
  /// The status at the time of opening.
  package var status: FileSystem.Status { FileSystem.Status(opened) }
  let descriptor: Int32
  let opened: stat

  /// Opens a file; pipes and leases do not block.
  ///
  /// - Throws: ``FileSystemError``, also if the path does not lead to a regular file.
  package init(_ path: String, by opener: FileOpener = .process) throws(FileSystemError) {
    self.path = path
    descriptor = try opener.open(path, .file)
    var found = stat()
    let code = fstat(descriptor, &found) == 0 ? 0 : errno
    opened = found
    guard code == 0 else { throw FileSystemError(operation: "access", path: path, code: code) }
  }

  deinit { close(descriptor) }

  /// Reads the file from its start, up to the size that it had when it was opened.
  ///
  /// - Throws: ``FileSystemError`` if the file has more than `limit` bytes.
  package func read(limit: Int) throws(FileSystemError) -> [UInt8] {
    guard status.byteCount <= limit else { throw FileSystemError(operation: "read", path: path, code: EFBIG) }
    return try read(first: limit)
  }

  /// Reads the file from its start, up to `count` bytes and the size that it had when it was opened.
  package func read(first count: Int) throws(FileSystemError) -> [UInt8] { try read(from: 0, count: count) }

  /// Reads up to `count` bytes at the end that the file had when it was opened.
  package func read(last count: Int) throws(FileSystemError) -> [UInt8] {
    try read(from: max(0, status.byteCount - count), count: count)
  }

  private func read(from offset: Int, count: Int) throws(FileSystemError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: min(count, status.byteCount - offset))
    var filled = 0
    while filled < bytes.count {
      let count = bytes.withUnsafeMutableBytes { buffer in
        pread(descriptor, buffer.baseAddress?.advanced(by: filled), buffer.count - filled, off_t(offset + filled))
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw FileSystemError(operation: "read", path: path, code: errno) }
      guard count > 0 else { break }
      filled += count
    }
    return Array(bytes.prefix(filled))
  }
}
