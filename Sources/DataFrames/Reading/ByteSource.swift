internal import CArchive
internal import CFiles
internal import Glibc

/// A stream of a file's unpacked content.
///
/// Recognises .gz, .bz2, .xz, .zst and .zip (with one file) by content. Not Sendable: one thread reads.
final class ByteSource {
  private static let archiveBlockBytes = 1 << 20

  private let path: String
  private let maximumBytes: Int
  private let descriptor: Int32
  private var archive: OpaquePointer?
  private var block: UnsafeRawBufferPointer = UnsafeRawBufferPointer(start: nil, count: 0)
  private var deliveredBytes = 0
  private var isAtEnd = false
  /// The unpacked size of the file in an archive, if the archive states it.
  private var entryBytes: Int?
  private let isRegular: Bool
  /// The size of the file on disk.
  let fileBytes: Int

  /// Opens `path`; reading fails beyond `maximumBytes` unpacked bytes.
  ///
  /// - Throws: ``FrameError/unreadable(path:reason:)``, also for directories, pipes and devices.
  ///
  /// - `followsLinks`: False for a path that was checked to contain no symbolic links. If any part
  ///   of it has become a link since, it is refused.
  /// - `takesPipes`: Also accepts pipes, and `-` for standard input; such a source can be read only once.
  init(
    _ path: String, maximumBytes: Int = .max, followsLinks: Bool = true, takesPipes: Bool = false
  ) throws(FrameError) {
    self.path = path
    self.maximumBytes = maximumBytes
    if takesPipes {
      descriptor = path == "-" ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0) : Glibc.open(path, O_RDONLY | O_CLOEXEC)
    } else {
      descriptor = Self.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW, followsLinks: followsLinks)
    }
    var status = stat()
    fileBytes = descriptor >= 0 && fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
    guard descriptor >= 0 else {
      throw errno == EAGAIN ? .inUse(path: path) : .unreadable(path: path, reason: Self.systemReason())
    }
    let kind = status.st_mode & S_IFMT
    // All stored properties are set from here on, so that `deinit` closes the file if the initialiser throws.
    isRegular = kind == S_IFREG
    guard isRegular || (takesPipes && (kind == S_IFIFO || kind == S_IFCHR || kind == S_IFSOCK)) else {
      throw .unreadable(path: path, reason: "it is not a regular file")
    }
  }

  /// Opens without following links; systems without openat2 refuse at least a link at the end of the path.
  private static func open(_ path: String, _ flags: Int32, followsLinks: Bool) -> Int32 {
    guard !followsLinks else { return Glibc.open(path, flags) }
    let descriptor = cfiles_open_without_links(path, flags)
    return descriptor < 0 && (errno == ENOSYS || errno == EPERM) ? Glibc.open(path, flags) : descriptor
  }

  deinit {
    if let archive { archive_read_free(archive) }
    if descriptor >= 0 { close(descriptor) }
  }

  /// Starts again from the beginning.
  func rewind() {
    if let archive { archive_read_free(archive) }
    archive = nil
    lseek(descriptor, 0, SEEK_SET)
    block = UnsafeRawBufferPointer(start: nil, count: 0)
    deliveredBytes = 0
    isAtEnd = false
  }

  /// Fills `target`; fewer bytes than its size mean the end of the content.
  func read(into target: UnsafeMutableRawBufferPointer) throws(FrameError) -> Int {
    var filled = 0
    while filled < target.count {
      if block.isEmpty {
        let hasMore = try nextBlock()
        if !hasMore { break }
        continue
      }
      let count = min(block.count, target.count - filled)
      guard let source = block.baseAddress, let start = target.baseAddress else { break }
      (start + filled).copyMemory(from: source, byteCount: count)
      block = UnsafeRawBufferPointer(rebasing: block.dropFirst(count))
      filled += count
    }
    deliveredBytes += filled
    // A few megabytes can unpack to more than fits in memory.
    guard deliveredBytes <= maximumBytes else { throw .tooLarge(path: path, limitBytes: maximumBytes) }
    return filled
  }

  /// Unpacks the next block; returns false at the end.
  private func nextBlock() throws(FrameError) -> Bool {
    guard !isAtEnd, fileBytes > 0 || !isRegular else { return false }
    let archive = try opened()
    var start: UnsafeRawPointer?
    var count = 0
    var offset: Int64 = 0
    switch archive_read_data_block(archive, &start, &count, &offset) {
    case ARCHIVE_OK:
      block = UnsafeRawBufferPointer(start: start, count: count)
      return true
    case ARCHIVE_EOF:
      isAtEnd = true
      try refuseSecondFile(archive)
      return false
    default: throw .unreadable(path: path, reason: Self.reason(archive))
    }
  }

  private func opened() throws(FrameError) -> OpaquePointer {
    if let archive { return archive }
    guard let made = archive_read_new() else { throw .unreadable(path: path, reason: "out of memory") }
    archive = made
    // Filters are enabled one by one: "all" would also run external programs for formats that the library lacks.
    archive_read_support_filter_gzip(made)
    archive_read_support_filter_bzip2(made)
    archive_read_support_filter_xz(made)
    archive_read_support_filter_zstd(made)
    archive_read_support_format_raw(made)
    archive_read_support_format_zip(made)
    var entry: OpaquePointer?
    guard archive_read_open_fd(made, descriptor, Self.archiveBlockBytes) == ARCHIVE_OK,
      archive_read_next_header(made, &entry) == ARCHIVE_OK
    else { throw .unreadable(path: path, reason: Self.reason(made)) }
    entryBytes = archive_entry_size_is_set(entry) != 0 ? Int(archive_entry_size(entry)) : nil
    return made
  }

  /// Refuses an archive with several files, because it is unclear which one is meant.
  private func refuseSecondFile(_ archive: OpaquePointer) throws(FrameError) {
    guard archive_format(archive) & ARCHIVE_FORMAT_BASE_MASK == ARCHIVE_FORMAT_ZIP else { return }
    var entry: OpaquePointer?
    while archive_read_next_header(archive, &entry) == ARCHIVE_OK {
      guard archive_entry_filetype(entry) != UInt32(Glibc.S_IFREG) else {
        throw .unreadable(
          path: path, reason: "the archive holds several files; pack one, or unpack all into a directory")
      }
    }
  }

  /// The size of the whole content, estimated from what has been read so far.
  ///
  /// Exact at the end, for uncompressed text, and for a zip archive that states the size.
  var expectedBytes: Double {
    let delivered = Double(deliveredBytes + block.count)
    guard !isAtEnd, isRegular, let archive else { return delivered }
    if let entryBytes { return Double(entryBytes) }
    guard archive_filter_count(archive) > 1 else { return max(delivered, Double(fileBytes)) }
    // The compressed bytes consumed so far.
    let consumed = max(1, Double(archive_filter_bytes(archive, -1)))
    return delivered * max(1, Double(fileBytes) / consumed)
  }

  /// Returns an error for a failed allocation of `byteCount` bytes.
  func outOfMemory(byteCount: Int) -> FrameError { .outOfMemory(path: path, byteCount: byteCount) }

  private static func reason(_ archive: OpaquePointer) -> String {
    archive_error_string(archive).map { String(cString: $0) } ?? "unknown error"
  }

  private static func systemReason() -> String { String(cString: strerror(errno)) }
}
