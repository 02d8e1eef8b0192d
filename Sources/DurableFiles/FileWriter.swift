internal import CFiles
internal import Glibc

/// A writer of a file under a temporary name; the file appears complete and durable, or not at all.
///
/// Not Sendable: one thread writes.
package final class FileWriter {
  private let fileSystem: FileSystem
  private let path: String
  private let temporary: String
  private var descriptor: Int32
  private var pending: [UInt8] = []
  private var isFinished = false
  private static let blockBytes = 1 << 20

  init(_ fileSystem: FileSystem, path: String, temporary: String, descriptor: Int32) {
    self.fileSystem = fileSystem
    self.path = path
    self.temporary = temporary
    self.descriptor = descriptor
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
    if !isFinished { unlink(temporary) }
  }

  package func append(_ text: String) throws(FileSystemError) { try append(Array(text.utf8)) }

  package func append(_ bytes: [UInt8]) throws(FileSystemError) {
    if pending.isEmpty { pending = bytes } else { pending += bytes }
    if pending.count >= Self.blockBytes { try flush() }
  }

  /// Makes the file readable for a group, whatever the umask; for everyone if the user may not give it to the group.
  package func share(withGroup groupID: UInt32) throws(FileSystemError) {
    let isGiven = fileSystem.may(.chown, temporary) && fchown(descriptor, uid_t.max, groupID) == 0
    guard fileSystem.may(.chmod, temporary), fchmod(descriptor, isGiven ? 0o640 : 0o644) == 0 else {
      throw fileSystem.failure("set permissions of", path)
    }
  }

  /// Lets another user write to the file, and its group read it.
  ///
  /// On a file system without access control lists, the file stays with the user of this process.
  func give(to userID: UInt32) throws(FileSystemError) {
    let list = AccessControlList(owner: [.read, .write], userID: userID, user: [.read, .write], group: .read)
    guard fileSystem.may(.acl, temporary),
      fsetxattr(descriptor, AccessControlList.Attribute.access.rawValue, list.bytes, list.bytes.count, 0) == 0
        || errno == EOPNOTSUPP
    else { throw fileSystem.failure("set permissions of", path) }
  }

  /// Marks what was appended as the complete file, for ``FileSystem/isMarkedComplete(_:)``.
  package func markComplete() throws(FileSystemError) {
    try flush()
    CompletionMark.set(descriptor)
  }

  /// Makes the file readable for everyone, whatever the umask.
  package func openToAll() throws(FileSystemError) {
    guard fileSystem.may(.chmod, temporary), fchmod(descriptor, 0o644) == 0 else {
      throw fileSystem.failure("set permissions of", path)
    }
  }

  /// Lets one further user read the file, and nobody else.
  ///
  /// - Throws: ``FileSystemError``; ``FileSystemError/isUnsupported`` on a file system without access control lists.
  package func keep(for userID: UInt32) throws(FileSystemError) {
    let reader = userID == UserAccess.ownUserID ? nil : userID
    let list = AccessControlList(owner: [.read, .write], userID: reader, user: .read)
    guard fileSystem.may(.acl, temporary),
      fsetxattr(descriptor, AccessControlList.Attribute.access.rawValue, list.bytes, list.bytes.count, 0) == 0
    else { throw fileSystem.failure("set permissions of", path) }
  }

  private func flush() throws(FileSystemError) {
    guard !pending.isEmpty else { return }
    try fileSystem.writeAll(pending, to: descriptor, path: temporary, title: path)
    pending = []
  }

  /// Lets the disk write what was appended, without waiting.
  ///
  /// - Returns: The file, for ``FileSystem/sync(_:)``; it must not outlive this writer.
  package func startWriting() throws(FileSystemError) -> FileSystem.SyncTarget {
    try flush()
    cfiles_start_writing(descriptor)
    return FileSystem.SyncTarget(kind: .open(descriptor), path: temporary)
  }

  /// Renames a file that was made durable by ``FileSystem/sync(_:)`` to its final name, which must be synced later.
  package func finishSynced() throws(FileSystemError) { try finish(syncsFolder: false, isDurable: false) }

  /// Syncs the file and renames it to its final name.
  ///
  /// - `syncsFolder`: Whether the name must be durable at once.
  /// - `isDurable`: False for files that a power failure may lose.
  /// - `replaces`: Whether an existing file is replaced; otherwise it is an error.
  package func finish(
    syncsFolder: Bool = true, isDurable: Bool = true, replaces: Bool = true
  ) throws(FileSystemError) {
    try flush()
    guard !isDurable || (fileSystem.may(.fsync, temporary) && fsync(descriptor) == 0) else {
      throw fileSystem.failure("sync", path)
    }
    let isAllowed = fileSystem.may(.close, temporary)
    let closing = descriptor
    descriptor = -1
    guard close(closing) == 0, isAllowed else { throw fileSystem.failure("close", path) }
    do throws(FileSystemError) {
      if replaces {
        try fileSystem.rename(temporary, to: path)
      } else {
        try fileSystem.renameWithoutReplacing(temporary, to: path)
      }
    } catch {
      throw FileSystemError(operation: FileSystemError.placing, path: path, code: error.code)
    }
    isFinished = true
    if syncsFolder, isDurable { try fileSystem.syncFolder(Paths.folder(of: path)) }
  }
}
