internal import CArchive
internal import CFiles
internal import Glibc

/// A file's unpacked content, front to back; .gz .bz2 .xz .zst and .zip with one file are recognised by content.
///
/// Not Sendable: one thread reads.
final class ByteSource {
  private static let archiveBlockBytes = 1 << 20

  private let path: String
  private let maximumBytes: Int
  private let descriptor: Int32
  private var archive: OpaquePointer?
  private var block: UnsafeRawBufferPointer = UnsafeRawBufferPointer(start: nil, count: 0)
  private var deliveredBytes = 0
  private var isAtEnd = false
  /// Of the file in an archive, unpacked, where the archive tells.
  private var entryBytes: Int?
  private let isRegular: Bool
  /// Of the file as it lies on the disk.
  let fileBytes: Int

  /// Opens `path`, which may have `maximumBytes` when unpacked.
  ///
  /// - Throws: ``FrameError/unreadable(path:reason:)``, also for folders, pipes and devices.
  ///
  /// - `followsLinks`: False for a path without links that was checked before: one that has become a link since then, on
  ///   whatever part of the way, is refused.
  /// - `takesPipes`: Also takes pipes, and `-` for standard input; such a source can be read only once.
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
    // From here on every stored property has its value, so that `deinit` closes the file of a source that is refused.
    isRegular = kind == S_IFREG
    guard isRegular || (takesPipes && (kind == S_IFIFO || kind == S_IFCHR || kind == S_IFSOCK)) else {
      throw .unreadable(path: path, reason: "it is not a regular file")
    }
  }

  /// Systems without openat2 refuse at least a link at the end of the path.
  private static func open(_ path: String, _ flags: Int32, followsLinks: Bool) -> Int32 {
    guard !followsLinks else { return Glibc.open(path, flags) }
    let descriptor = cfiles_open_without_links(path, flags)
    return descriptor < 0 && (errno == ENOSYS || errno == EPERM) ? Glibc.open(path, flags) : descriptor
  }

  deinit {
    if let archive { archive_read_free(archive) }
    if descriptor >= 0 { close(descriptor) }
  }

  /// Starts again from the front.
  func rewind() {
    if let archive { archive_read_free(archive) }
    archive = nil
    lseek(descriptor, 0, SEEK_SET)
    block = UnsafeRawBufferPointer(start: nil, count: 0)
    deliveredBytes = 0
    isAtEnd = false
  }

  /// Fills `target` as far as there is content; fewer bytes than it holds mean the end.
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
    // A few megabytes can unpack to more than any memory holds.
    guard deliveredBytes <= maximumBytes else { throw .tooLarge(path: path, limitBytes: maximumBytes) }
    return filled
  }

  /// Unpacks the next block; false at the end.
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
    // By name: "all" would also call programs for formats that the library does not know itself.
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

  /// An archive of several files is no table: which of them is meant cannot be told.
  private func refuseSecondFile(_ archive: OpaquePointer) throws(FrameError) {
    guard archive_format(archive) & ARCHIVE_FORMAT_BASE_MASK == ARCHIVE_FORMAT_ZIP else { return }
    var entry: OpaquePointer?
    while archive_read_next_header(archive, &entry) == ARCHIVE_OK {
      guard archive_entry_filetype(entry) != UInt32(Glibc.S_IFREG) else {
        throw .unreadable(path: path, reason: "the archive holds several files; give one, or unpack them into a folder")
      }
    }
  }

  /// Of the whole content, judged by what has been read so far: exact at the end, for a text that is not packed, and for
  /// a zip archive that says so.
  var expectedBytes: Double {
    let delivered = Double(deliveredBytes + block.count)
    guard !isAtEnd, isRegular, let archive else { return delivered }
    if let entryBytes { return Double(entryBytes) }
    guard archive_filter_count(archive) > 1 else { return max(delivered, Double(fileBytes)) }
    // The bytes of the file that the unpacking has taken.
    let consumed = max(1, Double(archive_filter_bytes(archive, -1)))
    return delivered * max(1, Double(fileBytes) / consumed)
  }

  /// There is no memory for so many bytes of the table.
  func outOfMemory(byteCount: Int) -> FrameError { .outOfMemory(path: path, byteCount: byteCount) }

  private static func reason(_ archive: OpaquePointer) -> String {
    archive_error_string(archive).map { String(cString: $0) } ?? "unknown error"
  }

  private static func systemReason() -> String { String(cString: strerror(errno)) }
}
