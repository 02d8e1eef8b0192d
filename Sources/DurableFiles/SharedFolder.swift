internal import CFiles
internal import Glibc

/// A folder, opened once, into which this process writes files on behalf of a user.
///
/// The user needs the permission to add files to the folder, and the permission to write to a file
/// that is replaced.
package final class SharedFolder {
  private let path: String
  private let rights: FileOpener
  private let descriptor: Int32

  /// Opens a folder.
  ///
  /// - Throws: ``FileSystemError``; EACCES if the user may not add files to it.
  package init(_ path: String, _ rights: FileOpener) throws(FileSystemError) {
    (self.path, self.rights) = (path, rights)
    descriptor =
      rights == .process ? open(path, cfiles_path_only | O_CLOEXEC) : try rights.walk(path, [.write, .execute])
    var status = stat()
    guard descriptor >= 0, fstat(descriptor, &status) == 0 else {
      throw FileSystemError(operation: FileSystemError.opening, path: path, code: errno)
    }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      throw FileSystemError(operation: "write to", path: path, code: ENOTDIR)
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Whether this process may add files to the folder.
  package var isWritable: Bool { Paths.isWritable(FileOpener.link(to: descriptor)) }

  /// Writes a file, which its user may later replace, too.
  ///
  /// - Throws: ``FileSystemError``; EACCES if the name is taken by a file that the user may not write to, EEXIST if
  ///   something else has the name.
  package func write(_ bytes: some Sequence<UInt8>, _ name: String, _ fileSystem: FileSystem) throws(FileSystemError) {
    let replaces = try mayReplace(name)
    let writer = try fileSystem.writer("\(FileOpener.link(to: descriptor))/\(name)")
    try writer.append(Array(bytes))
    if case .user(let user, _) = rights, user.userID != UserAccess.ownUserID { try writer.give(to: user.userID) }
    try writer.finish(replaces: replaces)
  }

  /// Returns false if the name is free.
  private func mayReplace(_ name: String) throws(FileSystemError) -> Bool {
    let place = openat(descriptor, name, cfiles_path_only | O_NOFOLLOW | O_CLOEXEC)
    guard place >= 0 else {
      guard errno == ENOENT else { throw failure(name, errno) }
      return false
    }
    defer { close(place) }
    var status = stat()
    guard fstat(place, &status) == 0 else { throw failure(name, errno) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw failure(name, EEXIST) }
    guard case .user(let user, _) = rights else { return true }
    guard user.has(.write, status, AccessControlList.of(FileOpener.link(to: place))) else {
      throw failure(name, EACCES)
    }
    return true
  }

  private func failure(_ name: String, _ code: Int32) -> FileSystemError {
    FileSystemError(operation: "replace", path: "\(path)/\(name)", code: code)
  }
}
