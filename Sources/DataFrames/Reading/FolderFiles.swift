internal import Glibc

/// The files of a directory that form one table.
package enum FolderFiles {
  /// Returns the file itself, or the regular files in the directory sorted by name.
  ///
  /// Files whose names begin with a dot or an underscore are skipped: they are markers of the
  /// programs that wrote the others.
  package static func of(
    _ path: String, name: String, _ opener: TableOpener = .process
  ) throws(FrameError) -> [(path: String, name: String)] {
    let descriptor = opener.open(path, .folder)
    // Other entries are opened as files later, which reports errors.
    guard descriptor >= 0 else { return [(path, name)] }
    guard let stream = fdopendir(descriptor) else {
      close(descriptor)
      throw .unreadable(path: name, reason: String(cString: strerror(errno)))
    }
    defer { closedir(stream) }
    var status = stat()
    var names: [String] = []
    while let entry = readdir(stream) {
      let file = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      guard !file.hasPrefix("."), !file.hasPrefix("_"), fstatat(descriptor, file, &status, AT_SYMLINK_NOFOLLOW) == 0,
        status.st_mode & S_IFMT == S_IFREG
      else { continue }
      names.append(file)
    }
    guard !names.isEmpty else { throw .empty(path: name) }
    return names.sorted().map { ("\(path)/\($0)", "\(name)/\($0)") }
  }
}
