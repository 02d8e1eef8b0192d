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
    var status = stat()
    var names: [String] = []
    let isListed = FolderEntries.forEachName(in: descriptor) { file in
      if !file.hasPrefix("."), !file.hasPrefix("_"), fstatat(descriptor, file, &status, AT_SYMLINK_NOFOLLOW) == 0,
        status.st_mode & S_IFMT == S_IFREG
      {
        names.append(file)
      }
      return true
    }
    guard isListed else { throw .unreadable(path: name, reason: String(cString: strerror(errno))) }
    guard !names.isEmpty else { throw .empty(path: name) }
    return names.sorted().map { ("\(path)/\($0)", "\(name)/\($0)") }
  }
}
