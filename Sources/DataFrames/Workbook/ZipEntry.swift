internal import CArchive
internal import Glibc

/// Unpacks one file of a zip archive.
///
/// Not Sendable: one thread reads, and no other entry of the same descriptor at the same time.
final class ZipEntry {
  private static let archiveBlockBytes = 1 << 16

  /// The name of the entry, for messages.
  let name: String
  private let path: String
  private let archive: OpaquePointer
  private let limitBytes: Int
  private var deliveredBytes = 0

  /// Opens the first entry that satisfies `isWanted`; nil without one.
  ///
  /// - Parameters:
  ///   - descriptor: An open, regular file.
  ///   - path: The name of the archive in messages.
  ///   - limitBytes: Reading fails beyond this number of unpacked bytes.
  ///   - isWanted: Returns true for the name of the entry to open.
  /// - Throws: ``FrameError/unreadable(path:reason:)``, as the system or the archive says.
  init?(
    in descriptor: Int32, path: String, limitBytes: Int, where isWanted: (String) -> Bool
  ) throws(FrameError) {
    guard let archive = archive_read_new() else { throw .unreadable(path: path, reason: "out of memory") }
    self.archive = archive
    self.path = path
    self.limitBytes = limitBytes
    archive_read_support_format_zip_seekable(archive)
    lseek(descriptor, 0, SEEK_SET)
    guard archive_read_open_fd(archive, descriptor, Self.archiveBlockBytes) == ARCHIVE_OK else {
      let reason = ByteSource.reason(archive)
      archive_read_free(archive)
      throw .unreadable(path: path, reason: reason)
    }
    var entry: OpaquePointer?
    while true {
      switch archive_read_next_header(archive, &entry) {
      case ARCHIVE_OK, ARCHIVE_WARN:
        guard let name = archive_entry_pathname(entry).map({ String(cString: $0) }), isWanted(Self.normal(name)) else {
          continue
        }
        self.name = name
        return
      case ARCHIVE_EOF:
        archive_read_free(archive)
        return nil
      default:
        let reason = ByteSource.reason(archive)
        archive_read_free(archive)
        throw .unreadable(path: path, reason: reason)
      }
    }
  }

  deinit { archive_read_free(archive) }

  /// Returns the names of the entries in the form of ``normal(_:)``; nil for a file that is not a zip archive.
  static func names(in descriptor: Int32) -> Set<String>? {
    var names: Set<String> = []
    do throws(FrameError) {
      _ = try ZipEntry(in: descriptor, path: "", limitBytes: 0) { name in
        names.insert(name)
        return false
      }
    } catch { return nil }
    return names
  }

  /// Returns a name as names are compared: in lower case, with slashes between folders.
  static func normal(_ name: String) -> String {
    let lower = name.lowercased()
    return lower.contains("\\") ? String(lower.map { $0 == "\\" ? "/" : $0 }) : lower
  }

  /// Returns the next unpacked bytes, valid until the next call; nil at the end.
  func next() throws(FrameError) -> UnsafeRawBufferPointer? {
    var start: UnsafeRawPointer?
    var count = 0
    var offset: Int64 = 0
    switch archive_read_data_block(archive, &start, &count, &offset) {
    case ARCHIVE_OK:
      deliveredBytes += count
      guard deliveredBytes <= limitBytes else { throw .tooLarge(path: path, limitBytes: limitBytes) }
      return UnsafeRawBufferPointer(start: start, count: count)
    case ARCHIVE_EOF: return nil
    default: throw .unreadable(path: path, reason: "'\(name)': \(ByteSource.reason(archive))")
    }
  }
}
