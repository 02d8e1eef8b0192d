internal import CArchive
internal import Glibc

/// Reads a whole file, unpacking .gz .bz2 .xz .zst by content.
package enum FileBytes {
  private static let blockBytes = 1 << 20

  /// The unpacked content of `path`.
  ///
  /// - Throws: ``FrameError/unreadable(path:reason:)``, also for folders, pipes and devices.
  package static func read(_ path: String) throws(FrameError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw .unreadable(path: path, reason: systemReason()) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .unreadable(path: path, reason: systemReason()) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw .unreadable(path: path, reason: "it is not a regular file")
    }
    guard status.st_size > 0 else { return [] }
    return try unpack(descriptor, path: path, fileBytes: Int(status.st_size))
  }

  private static func unpack(_ descriptor: Int32, path: String, fileBytes: Int) throws(FrameError) -> [UInt8] {
    guard let archive = archive_read_new() else { throw .unreadable(path: path, reason: "out of memory") }
    defer { archive_read_free(archive) }
    archive_read_support_filter_all(archive)
    archive_read_support_format_raw(archive)
    func reason() -> String { archive_error_string(archive).map { String(cString: $0) } ?? "unknown error" }
    var entry: OpaquePointer?
    guard archive_read_open_fd(archive, descriptor, blockBytes) == ARCHIVE_OK,
      archive_read_next_header(archive, &entry) == ARCHIVE_OK
    else { throw .unreadable(path: path, reason: reason()) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(fileBytes)
    var block: UnsafeRawPointer?
    var count = 0
    var offset: Int64 = 0
    while true {
      switch archive_read_data_block(archive, &block, &count, &offset) {
      case ARCHIVE_OK:
        if let block { bytes.append(contentsOf: UnsafeRawBufferPointer(start: block, count: count)) }
      case ARCHIVE_EOF: return bytes
      default: throw .unreadable(path: path, reason: reason())
      }
    }
  }

  private static func systemReason() -> String { String(cString: strerror(errno)) }
}
