internal import CArchive
internal import Glibc

/// The files of a folder that make one table.
package enum FolderFiles {
  /// The file itself, or the regular files in the folder by name; those that begin with a dot or an underscore are marks
  /// of the programs that wrote the others.
  package static func of(_ path: String, name: String) throws(FrameError) -> [(path: String, name: String)] {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { return [(path, name)] }
    guard let stream = opendir(path) else {
      throw .unreadable(path: name, reason: String(cString: strerror(errno)))
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let file = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      guard !file.hasPrefix("."), !file.hasPrefix("_"), lstat("\(path)/\(file)", &status) == 0,
        status.st_mode & S_IFMT == S_IFREG
      else { continue }
      names.append(file)
    }
    guard !names.isEmpty else { throw .empty(path: name) }
    return names.sorted().map { ("\(path)/\($0)", "\(name)/\($0)") }
  }
}
