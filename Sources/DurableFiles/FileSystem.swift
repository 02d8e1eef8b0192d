internal import CFiles
internal import Glibc
internal import Synchronization

/// Changes files and folders so that the change survives power loss; the only place that does.
///
/// The rules are Postfix's and maildir's: a file is written under a name that nobody looks at, synced, and renamed; the
/// folder is synced after the rename. A sync that fails is never repeated on the same file: Linux may have dropped the
/// data (PostgreSQL's finding of 2018), so the caller must write a new file.
package struct FileSystem: Sendable {
  private static let temporaryNumber = Atomic<Int>(0)

  /// A call that changes something on the disk, or makes a change durable.
  package struct Call: Sendable, Equatable {
    package enum Operation: String, Sendable {
      case create, write, fsync, close, rename, mkdir, chmod, chown, unlink, rmdir
    }

    package let operation: Operation
    package let path: String
    /// Where a rename leads.
    package let target: String?
  }

  /// Asked before each call; an error number makes the call fail.
  private let fault: (@Sendable (Call) -> Int32?)?

  /// - `fault`: For tests of what becomes of the spool when calls fail, or when the power fails between them.
  package init(fault: (@Sendable (Call) -> Int32?)? = nil) { self.fault = fault }

  /// Whether the call may be made; else the error number is set as the system would.
  func may(_ operation: Call.Operation, _ path: String, to target: String? = nil) -> Bool {
    guard let code = fault?(Call(operation: operation, path: path, target: target)) else { return true }
    errno = code
    return false
  }

  /// Creates `path` with `bytes`, synced; replaces nothing that is visible before the content is safe.
  ///
  /// - `syncsFolder`: Whether the name itself must survive at once; false inside folders that are synced later.
  /// - `isDurable`: False for files that may be lost with the power, such as a page that is written anew every second.
  package func write(
    _ bytes: some Sequence<UInt8>, to path: String, mode: UInt32 = 0o640, syncsFolder: Bool = true,
    isDurable: Bool = true, replaces: Bool = true
  ) throws(FileSystemError) {
    let writer = try writer(path, mode: mode)
    try writer.append(Array(bytes))
    try writer.finish(syncsFolder: syncsFolder, isDurable: isDurable, replaces: replaces)
  }

  /// Names of their own, so that two writers never share one and a long name stays within limits.
  private static func temporaryName(in folder: String) -> String {
    let number = temporaryNumber.wrappingAdd(1, ordering: .relaxed).newValue
    return "\(folder)/.partial.\(getpid()).\(number)"
  }

  /// Begins a file that is written piece by piece.
  package func writer(_ path: String, mode: UInt32 = 0o640) throws(FileSystemError) -> FileWriter {
    let temporary = Self.temporaryName(in: Paths.folder(of: path))
    guard may(.create, temporary) else { throw failure("create", temporary) }
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, mode_t(mode))
    guard descriptor >= 0 else { throw failure("create", temporary) }
    return FileWriter(self, path: path, temporary: temporary, descriptor: descriptor)
  }

  func writeAll(_ bytes: [UInt8], to descriptor: Int32, path: String) throws(FileSystemError) {
    guard may(.write, path) else { throw failure("write", path) }
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        Glibc.write(descriptor, buffer.baseAddress?.advanced(by: written), buffer.count - written)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure("write", path) }
      written += count
    }
  }

  /// Adds a line to a log.
  ///
  /// Not synced: what counts is decided by where files are.
  package func append(line: String, to path: String) throws(FileSystemError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o640)
    guard descriptor >= 0 else { throw failure(FileSystemError.opening, path) }
    defer { close(descriptor) }
    try writeAll(Array((line + "\n").utf8), to: descriptor, path: path)
  }

  /// Gives a file or folder another name in one step.
  package func rename(_ source: String, to target: String) throws(FileSystemError) {
    guard may(.rename, source, to: target), Glibc.rename(source, target) == 0 else {
      throw failure("rename to '\(target)'", source)
    }
  }

  /// The same, but fails where the target exists already.
  package func renameWithoutReplacing(_ source: String, to target: String) throws(FileSystemError) {
    guard may(.rename, source, to: target), cfiles_rename_without_replacing(source, target) == 0 else {
      throw failure("rename to '\(target)'", source)
    }
  }

  /// Moves between folders and makes the move durable: rename, then both folders are synced.
  package func move(_ source: String, to target: String) throws(FileSystemError) {
    try rename(source, to: target)
    let (from, to) = (Paths.folder(of: source), Paths.folder(of: target))
    try syncFolder(to)
    if from != to { try syncFolder(from) }
  }

  /// Makes the names in a folder survive power loss.
  package func syncFolder(_ path: String) throws(FileSystemError) {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(FileSystemError.opening, path) }
    defer { close(descriptor) }
    guard may(.fsync, path), fsync(descriptor) == 0 else { throw failure("sync", path) }
  }

  /// Makes the content of a file that somebody else wrote survive power loss.
  package func syncFile(_ path: String) throws(FileSystemError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { throw failure(FileSystemError.opening, path) }
    defer { close(descriptor) }
    guard may(.fsync, path), fsync(descriptor) == 0 else { throw failure("sync", path) }
  }

  /// Creates a folder, and its parents; it may be there already.
  package func makeFolder(_ path: String, mode: UInt32 = 0o750) throws(FileSystemError) {
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

  /// Sets the permission bits, whatever the umask was.
  package func setMode(_ path: String, _ mode: UInt32) throws(FileSystemError) {
    guard may(.chmod, path), chmod(path, mode_t(mode)) == 0 else { throw failure("set permissions of", path) }
  }

  /// Gives a folder, with everything in it, to a group that this process is in; links are not followed.
  package func setGroup(ofTree path: String, _ groupID: UInt32) throws(FileSystemError) {
    guard may(.chown, path), lchown(path, uid_t.max, groupID) == 0 else { throw failure("give to a group", path) }
    guard try status(path).kind == .folder else { return }
    for name in try list(path) { try setGroup(ofTree: "\(path)/\(name)", groupID) }
  }

  package func remove(_ path: String) throws(FileSystemError) {
    guard may(.unlink, path), unlink(path) == 0 || errno == ENOENT else { throw failure("remove", path) }
  }

  /// Removes a folder with everything in it.
  ///
  /// Nothing is done if it is not there. Links are removed, not followed.
  package func removeTree(_ path: String) throws(FileSystemError) {
    guard let entry = try? status(path) else { return }
    guard entry.kind == .folder else { return try remove(path) }
    for name in try list(path) { try removeTree("\(path)/\(name)") }
    guard may(.rmdir, path), rmdir(path) == 0 || errno == ENOENT else { throw failure("remove folder", path) }
  }

  /// Copies a folder with all files and folders in it into another one; links are left out.
  ///
  /// Files are synced, the names of the topmost folder are not: the caller does that when the folder is complete.
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

  func failure(_ operation: String, _ path: String) -> FileSystemError {
    FileSystemError(operation: operation, path: path, code: errno)
  }
}
