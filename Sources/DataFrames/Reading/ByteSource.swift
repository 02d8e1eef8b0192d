internal import CArchive
internal import Glibc

/// A stream of a file's unpacked content.
///
/// Recognises .gz, .bz2, .xz, .zst and .zip (with one file) by content, and refuses content whose checksum is wrong.
/// Not Sendable: one thread reads.
final class ByteSource: ByteReader {
  private static let archiveBlockBytes = 1 << 20

  /// The first bytes of gzip, bzip2, xz, zstd (also of its skippable frames) and zip.
  private static let packedBeginnings: [[UInt8]] =
    [[0x1F, 0x8B], Array("BZh".utf8), [0xFD, 0x37, 0x7A, 0x58, 0x5A], [0x28, 0xB5, 0x2F, 0xFD], Array("PK".utf8)]
    + (0x50...0x5F).map { [$0, 0x2A, 0x4D, 0x18] }

  private let file: TableFile
  private let path: String
  private let maximumBytes: Int
  private var archive: OpaquePointer?
  private var gzip: GzipStream?
  private var block: UnsafeRawBufferPointer = UnsafeRawBufferPointer(start: nil, count: 0)
  private var deliveredBytes = 0
  private var isAtEnd = false
  /// True for a file that needs no library to be read, because it does not begin as packed files do.
  private let isPlain: Bool
  /// The unpacked size of the file in an archive, if the archive states it.
  private var entryBytes: Int?

  /// Reads `file` from its beginning; reading fails beyond `maximumBytes` unpacked bytes.
  init(_ file: TableFile, maximumBytes: Int = .max) {
    self.file = file
    path = file.path
    self.maximumBytes = maximumBytes
    isPlain = file.isRegular && !Self.packedBeginnings.contains { file.head.starts(with: $0) }
    // Another source may have read a part of the file; pipes have no offset.
    if file.isRegular { lseek(file.descriptor, 0, SEEK_SET) }
  }

  deinit { if let archive { archive_read_free(archive) } }

  /// Starts again from the beginning.
  func rewind() {
    if let archive { archive_read_free(archive) }
    archive = nil
    gzip = nil
    lseek(file.descriptor, 0, SEEK_SET)
    block = UnsafeRawBufferPointer(start: nil, count: 0)
    deliveredBytes = 0
    isAtEnd = false
  }

  /// Fills `target`; fewer bytes than its size mean the end of the content.
  func read(into target: UnsafeMutableRawBufferPointer) throws(FrameError) -> Int {
    var filled = 0
    while filled < target.count {
      if isPlain || GzipStream.recognises(file) {
        let rest = UnsafeMutableRawBufferPointer(rebasing: target[filled...])
        let count = try isPlain ? readPlain(rest) : unpackGzip(rest)
        filled += count
        if count == 0 {
          isAtEnd = true
          break
        }
        continue
      }
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

  /// Reads bytes of a file that is not packed.
  private func readPlain(_ target: UnsafeMutableRawBufferPointer) throws(FrameError) -> Int {
    var count = Glibc.read(file.descriptor, target.baseAddress, target.count)
    while count < 0, errno == EINTR { count = Glibc.read(file.descriptor, target.baseAddress, target.count) }
    guard count >= 0 else { throw .unreadable(path: path, reason: String(cString: strerror(errno))) }
    return count
  }

  private func unpackGzip(_ target: UnsafeMutableRawBufferPointer) throws(FrameError) -> Int {
    if gzip == nil { gzip = GzipStream(file) }
    guard let gzip else { throw .unreadable(path: path, reason: "out of memory") }
    return try gzip.read(into: target)
  }

  /// Unpacks the next block; returns false at the end.
  private func nextBlock() throws(FrameError) -> Bool {
    guard !isAtEnd, file.byteCount > 0 || !file.isRegular else { return false }
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
    guard archive_read_open_fd(made, file.descriptor, Self.archiveBlockBytes) == ARCHIVE_OK else {
      throw .unreadable(path: path, reason: Self.reason(made))
    }
    repeat {
      let status = Self.nextHeader(made, &entry)
      if status == ARCHIVE_EOF, Self.isZip(made) {
        throw .unreadable(path: path, reason: "the archive holds no file")
      }
      // A warning says that the name of the file has letters that the locale lacks.
      guard status == ARCHIVE_OK || status == ARCHIVE_WARN else {
        throw .unreadable(path: path, reason: Self.reason(made))
      }
    } while Self.isZip(made) && !Self.isTable(entry)
    if OfficeFile.isPart(Self.name(entry)) {
      throw OfficeFile.unreadable(file)
    }
    entryBytes = archive_entry_size_is_set(entry) != 0 ? Int(archive_entry_size(entry)) : nil
    return made
  }

  /// Refuses an archive with several files, because it is unclear which one is meant.
  private func refuseSecondFile(_ archive: OpaquePointer) throws(FrameError) {
    guard Self.isZip(archive) else { return }
    var entry: OpaquePointer?
    while true {
      switch Self.nextHeader(archive, &entry) {
      case ARCHIVE_EOF: return
      case ARCHIVE_OK, ARCHIVE_WARN:
        guard Self.isTable(entry) else { continue }
        throw .unreadable(
          path: path, reason: "the archive holds several files; pack one, or unpack all into a directory")
      default: throw .unreadable(path: path, reason: Self.reason(archive))
      }
    }
  }

  private static func isZip(_ archive: OpaquePointer) -> Bool {
    archive_format(archive) & ARCHIVE_FORMAT_BASE_MASK == ARCHIVE_FORMAT_ZIP
  }

  /// The locale in which names of files are UTF-8.
  private nonisolated(unsafe) static let utf8 = newlocale(1 << LC_CTYPE, "C.UTF-8", nil)

  /// Reads the next header; libarchive converts names to the encoding of the thread's locale.
  private static func nextHeader(_ archive: OpaquePointer, _ entry: inout OpaquePointer?) -> Int32 {
    guard let utf8 else { return archive_read_next_header(archive, &entry) }
    let before = uselocale(utf8)
    defer { uselocale(before) }
    return archive_read_next_header(archive, &entry)
  }

  /// The name of a file in an archive, as UTF-8 or as it is stored; empty without one.
  private static func name(_ entry: OpaquePointer?) -> String {
    (archive_entry_pathname_utf8(entry) ?? archive_entry_pathname(entry)).map { String(cString: $0) } ?? ""
  }

  /// What macOS and Windows add to archives.
  private static let additions: Set<String> = [".DS_Store", "Thumbs.db", "ehthumbs.db", "desktop.ini"]

  /// Returns false for folders, and for what macOS and Windows add to archives.
  private static func isTable(_ entry: OpaquePointer?) -> Bool {
    guard archive_entry_filetype(entry) == UInt32(Glibc.S_IFREG) else { return false }
    let parts = name(entry).split(separator: "/")
    return !parts.contains("__MACOSX")
      && parts.last.map { !additions.contains(String($0)) && !$0.hasPrefix("._") } ?? true
  }

  /// The size of the whole content, estimated from what has been read so far.
  ///
  /// Exact at the end, for uncompressed text, and for a zip archive that states the size.
  var expectedBytes: Double {
    let delivered = Double(deliveredBytes + block.count)
    guard !isAtEnd, file.isRegular else { return delivered }
    if isPlain { return max(delivered, Double(file.byteCount)) }
    if let gzip { return delivered * max(1, Double(file.byteCount) / Double(max(1, gzip.consumedBytes))) }
    guard let archive else { return delivered }
    if let entryBytes { return Double(entryBytes) }
    guard archive_filter_count(archive) > 1 else { return max(delivered, Double(file.byteCount)) }
    // The compressed bytes consumed so far.
    let consumed = max(1, Double(archive_filter_bytes(archive, -1)))
    return delivered * max(1, Double(file.byteCount) / consumed)
  }

  /// Returns an error for a failed allocation of `byteCount` bytes.
  func outOfMemory(byteCount: Int) -> FrameError { .outOfMemory(path: path, byteCount: byteCount) }

  /// Returns the error for a text that begins with `head` and has a zero byte at `offset`.
  func binary(_ head: some Collection<UInt8>, offset: Int) -> FrameError {
    ForeignFormat.refusal(of: head, path: file.name) ?? ForeignText.refusal(ofArchive: head, path: file.name)
      ?? ForeignText.refusal(ofWide: head, path: file.name) ?? .binary(path: file.name, offset: offset)
  }

  /// Returns what libarchive says of its last failure.
  static func reason(_ archive: OpaquePointer) -> String {
    archive_error_string(archive).map { String(cString: $0) } ?? "unknown error"
  }
}
