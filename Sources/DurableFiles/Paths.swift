internal import Glibc

/// Textual operations on paths.
package enum Paths {
  /// The last component.
  package static func name(of path: String) -> String {
    path.split(separator: "/", omittingEmptySubsequences: true).last.map(String.init) ?? path
  }

  /// Everything before the last component; `.` if there is nothing.
  package static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The name without its last extension.
  package static func stem(of path: String) -> String {
    let name = name(of: path)
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
    return String(name[..<dot])
  }

  /// The last extension in lower case, without the dot; empty if there is none.
  package static func fileExtension(of path: String) -> String {
    let name = name(of: path)
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "" }
    return name[name.index(after: dot)...].lowercased()
  }

  /// Returns the path with all links resolved; nil if it does not exist.
  package static func resolved(_ path: String) -> String? {
    guard let buffer = realpath(path, nil) else { return nil }
    defer { free(buffer) }
    return String(cString: buffer)
  }

  /// Returns the path to which a symbolic link leads; nil if `path` itself is not a symbolic link.
  package static func linkTarget(_ path: String) -> String? {
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFLNK else { return nil }
    return resolved(path)
  }

  /// Returns why this process cannot reach the entries of a folder, such as `Permission denied`; nil if it can.
  ///
  /// `isToBeWritten`: Whether entries must be added, too.
  package static func obstacle(to folder: String, isToBeWritten: Bool) -> String? {
    var status = stat()
    guard stat(folder, &status) == 0 else { return String(cString: strerror(errno)) }
    guard status.st_mode & S_IFMT == S_IFDIR else { return String(cString: strerror(ENOTDIR)) }
    return access(folder, X_OK | (isToBeWritten ? W_OK : 0)) == 0 ? nil : String(cString: strerror(errno))
  }

  /// Returns whether this process may add and remove entries of a folder.
  package static func isWritable(_ path: String) -> Bool { obstacle(to: path, isToBeWritten: true) == nil }
}
