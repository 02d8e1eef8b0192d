internal import CFiles
internal import Glibc

/// Durable changes to files and folders; all changes go through this type.
///
/// As in Postfix and maildir, a file is written under a temporary name, synced and renamed, and its
/// folder is synced after the rename. A failed fsync is never repeated on the same file: Linux may
/// have dropped the data (found by PostgreSQL in 2018), so the caller must write a new file.
package struct FileSystem: Sendable {
  /// A system call that changes the disk or makes a change durable.
  package struct Call: Sendable, Equatable {
    package enum Operation: String, Sendable {
      case create, write, fsync, close, rename, mkdir, chmod, chown, acl, unlink, rmdir
    }

    package let operation: Operation
    package let path: String
    /// The new path of a rename.
    package let target: String?
  }

  /// A hook that is called before each call; an error number makes the call fail.
  private let fault: (@Sendable (Call) -> Int32?)?

  /// The permissions of new files and folders, of which the umask takes away.
  package enum Permissions: Sendable {
    /// The group may read, and others may not; as in a spool.
    case group
    /// The umask decides, as for files that a user makes with other programs.
    case umask

    fileprivate var ofFiles: UInt32 { self == .group ? 0o640 : 0o666 }
    fileprivate var ofFolders: UInt32 { self == .group ? 0o750 : 0o777 }
  }

  private let permissions: Permissions

  /// Creates a file system.
  ///
  /// - `permissions`: Those of new files and folders, unless a call gives others.
  /// - `fault`: For tests in which calls or the power fail.
  package init(permissions: Permissions = .group, fault: (@Sendable (Call) -> Int32?)? = nil) {
    self.permissions = permissions
    self.fault = fault
  }

  /// How ``read(_:limit:)`` opens files.
  private(set) var opener = FileOpener.process

  /// Returns a file system that reads files by `opener`.
  package func reading(by opener: FileOpener) -> FileSystem {
    var other = self
    other.opener = opener
    return other
  }

  /// Returns whether the call may proceed; otherwise sets `errno` as the system would.
  func may(_ operation: Call.Operation, _ path: String, to target: String? = nil) -> Bool {
    guard let code = fault?(Call(operation: operation, path: path, target: target)) else { return true }
    errno = code
    return false
  }

  /// Writes `bytes` to a temporary file, syncs it and renames it to `path`.
  ///
  /// - `syncsFolder`: Whether the name must be durable at once; false inside folders that are synced later.
  /// - `isDurable`: False for files that a power failure may lose, such as a page that is rewritten
  ///   every second.
  package func write(
    _ bytes: some Sequence<UInt8>, to path: String, mode: UInt32? = nil, syncsFolder: Bool = true,
    isDurable: Bool = true, replaces: Bool = true
  ) throws(FileSystemError) {
    let writer = try writer(path, mode: mode)
    try writer.append(Array(bytes))
    try writer.finish(syncsFolder: syncsFolder, isDurable: isDurable, replaces: replaces)
  }

  /// Creates a writer for a file that is written in pieces.
  ///
  /// In folders that several users share, no user can guess the temporary name and occupy it.
  package func writer(_ path: String, mode: UInt32? = nil) throws(FileSystemError) -> FileWriter {
    let temporary = "\(Paths.folder(of: path))/.partial.\(Self.randomText())"
    // Errors name the file that was asked for, since nobody knows the temporary one.
    guard may(.create, temporary) else { throw failure(FileSystemError.creating, path) }
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK
    let descriptor = open(temporary, flags, mode_t(mode ?? permissions.ofFiles))
    guard descriptor >= 0 else { throw failure(FileSystemError.creating, path) }
    return FileWriter(self, path: path, temporary: temporary, descriptor: descriptor)
  }

  /// Returns a short text for names that must be unique.
  package static func randomText() -> String { String(UInt64.random(in: 1 << 60...UInt64.max), radix: 36) }

  /// Writes to an open file.
  ///
  /// `title`: The name of the file in errors, if it is another one.
  func writeAll(
    _ bytes: [UInt8], to descriptor: Int32, path: String, title: String? = nil
  ) throws(FileSystemError) {
    guard may(.write, path) else { throw failure("write", title ?? path) }
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        Glibc.write(descriptor, buffer.baseAddress?.advanced(by: written), buffer.count - written)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure("write", title ?? path) }
      written += count
    }
  }

  /// Appends a line to a log.
  ///
  /// Not synced, because the locations of files determine the state.
  package func append(line: String, to path: String) throws(FileSystemError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, mode_t(permissions.ofFiles))
    guard descriptor >= 0 else { throw failure(FileSystemError.opening, path) }
    defer { close(descriptor) }
    try writeAll(Array((line + "\n").utf8), to: descriptor, path: path)
  }

  /// Renames a file or folder in one step.
  package func rename(_ source: String, to target: String) throws(FileSystemError) {
    guard may(.rename, source, to: target), Glibc.rename(source, target) == 0 else {
      throw failure(FileSystemError.renaming, source, to: target)
    }
  }

  /// Renames a file or folder, but fails if the target exists.
  package func renameWithoutReplacing(_ source: String, to target: String) throws(FileSystemError) {
    guard may(.rename, source, to: target), cfiles_rename_without_replacing(source, target) == 0 else {
      throw failure(FileSystemError.renaming, source, to: target)
    }
  }

  /// Renames between folders and makes the move durable by syncing both folders.
  package func move(_ source: String, to target: String) throws(FileSystemError) {
    try rename(source, to: target)
    let (from, to) = (Paths.folder(of: source), Paths.folder(of: target))
    try syncFolder(to)
    if from != to { try syncFolder(from) }
  }

  /// Makes the names in a folder durable.
  package func syncFolder(_ path: String) throws(FileSystemError) {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(FileSystemError.opening, path) }
    defer { close(descriptor) }
    guard may(.fsync, path), fsync(descriptor) == 0 else { throw failure("sync", path) }
  }

  /// Makes the content of a file from another program durable.
  package func syncFile(_ path: String) throws(FileSystemError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { throw failure(FileSystemError.opening, path) }
    defer { close(descriptor) }
    guard may(.fsync, path), fsync(descriptor) == 0 else { throw failure("sync", path) }
  }

  /// Creates a folder and its parents, if missing.
  package func makeFolder(_ path: String, mode: UInt32? = nil) throws(FileSystemError) {
    let mode = mode ?? permissions.ofFolders
    guard may(.mkdir, path) else { throw failure("create folder", path) }
    guard mkdir(path, mode_t(mode)) != 0 else { return }
    switch errno {
    case EEXIST: return
    case ENOENT:
      try makeFolder(Paths.folder(of: path), mode: mode)
      guard mkdir(path, mode_t(mode)) == 0 || errno == EEXIST else { throw failure("create folder", path) }
    default: throw failure("create folder", path)
    }
  }

  /// Sets the permission bits, regardless of the umask.
  package func setMode(_ path: String, _ mode: UInt32) throws(FileSystemError) {
    guard may(.chmod, path), chmod(path, mode_t(mode)) == 0 else { throw failure("set permissions of", path) }
  }

  package func remove(_ path: String) throws(FileSystemError) {
    guard may(.unlink, path), unlink(path) == 0 || errno == ENOENT else { throw failure("remove", path) }
  }

  /// Removes an empty folder, if it exists.
  package func removeEmptyFolder(_ path: String) throws(FileSystemError) {
    guard may(.rmdir, path), rmdir(path) == 0 || errno == ENOENT else { throw failure("remove folder", path) }
  }

  /// Removes a folder with its content, if it exists.
  ///
  /// Links are removed, not followed.
  package func removeTree(_ path: String) throws(FileSystemError) {
    guard let entry = try? status(path) else { return }
    guard entry.kind == .folder else { return try remove(path) }
    for name in try list(path) { try removeTree("\(path)/\(name)") }
    try removeEmptyFolder(path)
  }

  /// Copies a folder recursively; links are left out.
  ///
  /// Files are synced, but not the names in the topmost folder, which the caller must sync.
  package func copyTree(_ source: String, to target: String) throws(FileSystemError) {
    try makeFolder(target)
    for name in try list(source) {
      let (from, to) = ("\(source)/\(name)", "\(target)/\(name)")
      switch try status(from).kind {
      case .file: try write(read(from, limit: .max), to: to, syncsFolder: false)
      case .folder:
        try copyTree(from, to: to)
        try syncFolder(to)
      default: break
      }
    }
  }

  func failure(_ operation: String, _ path: String, to target: String? = nil) -> FileSystemError {
    FileSystemError(operation: operation, path: path, target: target, code: errno)
  }
}
