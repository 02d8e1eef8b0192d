internal import CArchive

/// Zip archives in memory, with libarchive.
package enum ZipArchive {
  /// The maximum number of entries; no model has more.
  private static let maximumEntries = 200_000
  /// The bytes for the headers of one entry, without its name.
  private static let headerBytes = 512

  /// Returns an archive with these entries, in this order; the same entries give the same bytes.
  package static func bytes(_ entries: [(name: String, bytes: [UInt8])]) throws(ExportError) -> [UInt8] {
    // Deflate adds at most five bytes per block of 16 KiB to incompressible data.
    let capacity = entries.reduce(1 << 16) {
      $0 + $1.bytes.count + $1.bytes.count / 1000 + 2 * $1.name.utf8.count + headerBytes
    }
    guard let archive = archive_write_new(), let entry = archive_entry_new() else {
      throw .archive(reason: "out of memory")
    }
    defer {
      archive_entry_free(entry)
      archive_write_free(archive)
    }
    var used = 0
    let buffer = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 1)
    defer { buffer.deallocate() }
    func check(_ status: Int32) throws(ExportError) {
      guard status == ARCHIVE_OK else { throw .archive(reason: reason(archive)) }
    }
    try check(archive_write_set_format_zip(archive))
    try check(archive_write_open_memory(archive, buffer, capacity, &used))
    for (name, bytes) in entries {
      archive_entry_clear(entry)
      archive_entry_set_pathname(entry, name)
      archive_entry_set_size(entry, Int64(bytes.count))
      archive_entry_set_filetype(entry, UInt32(S_IFREG))
      archive_entry_set_perm(entry, 0o644)
      try check(archive_write_header(archive, entry))
      let written = bytes.withUnsafeBytes { archive_write_data(archive, $0.baseAddress, $0.count) }
      guard written == bytes.count else { throw .archive(reason: reason(archive)) }
    }
    try check(archive_write_close(archive))
    return Array(UnsafeRawBufferPointer(start: buffer, count: used))
  }

  /// Returns the files in an archive by name; directories are omitted.
  ///
  /// `maximumBytes`: The maximum total size of the unpacked files.
  package static func entries(_ bytes: [UInt8], maximumBytes: Int) throws(ExportError) -> [String: [UInt8]] {
    guard let archive = archive_read_new() else { throw .archive(reason: "out of memory") }
    defer { archive_read_free(archive) }
    archive_read_support_format_zip(archive)
    // The archive reads from the bytes until it is freed. They are copied because Swift may move an array's buffer.
    let copy = UnsafeMutableRawPointer.allocate(byteCount: max(1, bytes.count), alignment: 1)
    defer { copy.deallocate() }
    bytes.withUnsafeBytes { copy.copyMemory(from: $0.baseAddress ?? UnsafeRawPointer(copy), byteCount: $0.count) }
    guard archive_read_open_memory(archive, copy, bytes.count) == ARCHIVE_OK else {
      throw .archive(reason: reason(archive))
    }
    var files: [String: [UInt8]] = [:]
    var total = 0
    var entry: OpaquePointer?
    while true {
      switch archive_read_next_header(archive, &entry) {
      case ARCHIVE_EOF: return files
      case ARCHIVE_OK, ARCHIVE_WARN: break
      default: throw .archive(reason: reason(archive))
      }
      guard files.count < maximumEntries else { throw .archive(reason: "more than \(maximumEntries) files") }
      guard let name = archive_entry_pathname(entry).map({ String(cString: $0) }) else { continue }
      files[name] = try content(archive, total: &total, maximumBytes: maximumBytes)
    }
  }

  private static func content(
    _ archive: OpaquePointer, total: inout Int, maximumBytes: Int
  ) throws(ExportError) -> [UInt8] {
    var content: [UInt8] = []
    while true {
      var start: UnsafeRawPointer?
      var count = 0
      var offset: Int64 = 0
      switch archive_read_data_block(archive, &start, &count, &offset) {
      case ARCHIVE_EOF: return content
      case ARCHIVE_OK: break
      default: throw .archive(reason: reason(archive))
      }
      total += count
      guard total <= maximumBytes else { throw .tooLarge(limitBytes: maximumBytes) }
      content.append(contentsOf: UnsafeRawBufferPointer(start: start, count: count))
    }
  }

  private static func reason(_ archive: OpaquePointer) -> String {
    archive_error_string(archive).map { String(cString: $0) } ?? "unknown error"
  }
}
