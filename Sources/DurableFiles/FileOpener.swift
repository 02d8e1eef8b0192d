internal import CFiles
internal import Glibc

/// A way to open files and folders for reading.
///
/// With the rights of a user, every folder on the way is opened, judged, and only then used to open
/// the next one. What is renamed or becomes a link in between therefore has no effect.
package enum FileOpener: Sendable, Equatable {
  /// Opens with the rights of this process; links on the way are followed, one at the end is refused.
  case process
  /// Opens with the rights of this process; links are refused.
  case processWithoutLinks
  /// Opens what both this process and a user may read; links are refused.
  ///
  /// `below`: A folder that the user is led to: permissions of the folders above it do not matter. `/` for none.
  case user(UserAccess, below: String)

  /// The kind of an entry to open.
  package enum Kind: Sendable {
    case file
    case folder
  }

  /// Opens a regular file or a folder.
  ///
  /// - `path`: An absolute path unless the opener is ``process``.
  /// - Returns: A descriptor that the caller closes.
  /// - Throws: ``FileSystemError``; EACCES if the user may not read it, EINVAL for another kind of file.
  package func open(_ path: String, _ kind: Kind) throws(FileSystemError) -> Int32 {
    guard self != .process else {
      return try Self.checked(Glibc.open(path, Self.flags(kind) | O_NOFOLLOW), path, kind)
    }
    let place = try walk(path, kind == .file ? .read : [.read, .execute])
    defer { close(place) }
    try Self.check(place, path, kind)
    let descriptor = Glibc.open(Self.link(to: place), Self.flags(kind))
    // The user may read it, and may therefore learn what this process lacks.
    if descriptor < 0, errno == EACCES, case .user = self { throw FileSystemError.refusedToService(path) }
    return try Self.checked(descriptor, path, kind)
  }

  /// Returns whether a file or folder is there and the user may read it; does not open it for reading.
  package func finds(_ path: String) -> Bool {
    guard self != .process else { return access(path, F_OK) == 0 }
    guard let place = try? walk(path, .read) else { return false }
    close(place)
    return true
  }

  private static func flags(_ kind: Kind) -> Int32 {
    // O_NONBLOCK, so that a file with a lease is reported as in use instead of waited for.
    kind == .file ? O_RDONLY | O_CLOEXEC | O_NONBLOCK : O_RDONLY | O_CLOEXEC | O_DIRECTORY
  }

  /// Returns a descriptor if it is one and refers to the right kind of file.
  private static func checked(_ descriptor: Int32, _ path: String, _ kind: Kind) throws(FileSystemError) -> Int32 {
    guard descriptor >= 0 else { throw failure(path, errno) }
    do throws(FileSystemError) {
      try check(descriptor, path, kind)
    } catch {
      close(descriptor)
      throw error
    }
    return descriptor
  }

  private static func check(_ descriptor: Int32, _ path: String, _ kind: Kind) throws(FileSystemError) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure(path, errno) }
    guard status.st_mode & S_IFMT == (kind == .file ? S_IFREG : S_IFDIR) else {
      throw FileSystemError(operation: "read", path: path, code: EINVAL)
    }
  }

  private static func failure(_ path: String, _ code: Int32) -> FileSystemError {
    FileSystemError(operation: FileSystemError.opening, path: path, code: code)
  }

  // MARK: Walking

  /// Opens each part of a path in the folder before it.
  ///
  /// - `wanted`: The permissions that the user needs for the last part.
  /// - Returns: A descriptor without the right to read (O_PATH), which the caller closes.
  func walk(_ path: String, _ wanted: AccessControlList.Permissions) throws(FileSystemError) -> Int32 {
    let parts = path.split(separator: "/")
    guard path.hasPrefix("/"), !parts.contains("..") else { throw Self.failure(path, ENOENT) }
    var place = Glibc.open("/", cfiles_path_only | O_DIRECTORY | O_CLOEXEC)
    do throws(FileSystemError) {
      for (index, part) in parts.enumerated() {
        try judge(place, .execute, depth: index, path)
        let kind = index == parts.count - 1 ? 0 : O_DIRECTORY
        let next = openat(place, String(part), cfiles_path_only | O_NOFOLLOW | O_CLOEXEC | kind)
        guard next >= 0 else { throw Self.failure(path, errno) }
        close(place)
        place = next
      }
      var status = stat()
      guard fstat(place, &status) == 0 else { throw Self.failure(path, errno) }
      guard status.st_mode & S_IFMT != S_IFLNK else { throw Self.failure(path, ELOOP) }
      try judge(place, wanted, depth: parts.count, path)
    } catch {
      close(place)
      throw error
    }
    return place
  }

  /// Throws EACCES if the user lacks permissions for an open file or folder, `depth` parts below the root.
  private func judge(
    _ descriptor: Int32, _ wanted: AccessControlList.Permissions, depth: Int, _ path: String
  ) throws(FileSystemError) {
    guard case .user(let user, let below) = self, depth >= below.split(separator: "/").count else { return }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw Self.failure(path, errno) }
    guard user.has(wanted, status, AccessControlList.of(Self.link(to: descriptor))) else {
      throw Self.failure(path, EACCES)
    }
  }

  /// A path that leads to an open file or folder, wherever it is now.
  static func link(to descriptor: Int32) -> String { "/proc/self/fd/\(descriptor)" }
}
