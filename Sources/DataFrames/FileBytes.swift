internal import CArchive
internal import Glibc

/// Reads a whole file, unpacking .gz .bz2 .xz .zst by content.
package enum FileBytes {
  private static let blockBytes = 1 << 20

  /// The unpacked content of `path`, which may have `maximumBytes` of them.
  ///
  /// - Throws: ``FrameError/unreadable(path:reason:)``, also for folders, pipes and devices.
  package static func read(_ path: String, maximumBytes: Int = .max) throws(FrameError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW)
    guard descriptor >= 0 else { throw .unreadable(path: path, reason: systemReason()) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .unreadable(path: path, reason: systemReason()) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw .unreadable(path: path, reason: "it is not a regular file")
    }
    guard status.st_size > 0 else { return [] }
    return try unpack(descriptor, path: path, fileBytes: Int(status.st_size), maximumBytes: maximumBytes)
  }

  private static func unpack(
    _ descriptor: Int32, path: String, fileBytes: Int, maximumBytes: Int
  ) throws(FrameError) -> [UInt8] {
    guard let archive = archive_read_new() else { throw .unreadable(path: path, reason: "out of memory") }
    defer { archive_read_free(archive) }
    // By name: "all" would also call programs for formats that the library does not know itself.
    archive_read_support_filter_gzip(archive)
    archive_read_support_filter_bzip2(archive)
    archive_read_support_filter_xz(archive)
    archive_read_support_filter_zstd(archive)
    archive_read_support_format_raw(archive)
    func reason() -> String { archive_error_string(archive).map { String(cString: $0) } ?? "unknown error" }
    var entry: OpaquePointer?
    guard archive_read_open_fd(archive, descriptor, blockBytes) == ARCHIVE_OK,
      archive_read_next_header(archive, &entry) == ARCHIVE_OK
    else { throw .unreadable(path: path, reason: reason()) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(min(fileBytes, maximumBytes))
    var block: UnsafeRawPointer?
    var count = 0
    var offset: Int64 = 0
    while true {
      switch archive_read_data_block(archive, &block, &count, &offset) {
      case ARCHIVE_OK:
        // A few megabytes can unpack to more than any memory holds.
        guard bytes.count + count <= maximumBytes else { throw .tooLarge(path: path, limitBytes: maximumBytes) }
        if let block { bytes.append(contentsOf: UnsafeRawBufferPointer(start: block, count: count)) }
      case ARCHIVE_EOF: return bytes
      default: throw .unreadable(path: path, reason: reason())
      }
    }
  }

  private static func systemReason() -> String { String(cString: strerror(errno)) }
}
