internal import Glibc

/// The entries of an open folder.
enum FolderEntries {
  /// Calls `body` with the name of each entry until it returns false, and closes the folder.
  ///
  /// - Parameters:
  ///   - descriptor: The folder, open for reading.
  ///   - body: Returns whether to continue.
  /// - Returns: False if the folder cannot be listed; `errno` then has the reason.
  static func forEachName(in descriptor: Int32, _ body: (String) -> Bool) -> Bool {
    guard let stream = fdopendir(descriptor) else {
      let reason = errno
      close(descriptor)
      errno = reason
      return false
    }
    defer { closedir(stream) }
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      guard body(name) else { break }
    }
    return true
  }
}
