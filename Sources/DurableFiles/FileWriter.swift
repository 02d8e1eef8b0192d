internal import Glibc

/// Writes a file piece by piece under a name that nobody looks at; it appears whole and synced, or not at all.
///
/// Not Sendable: one thread writes.
package final class FileWriter {
  private let fileSystem: FileSystem
  private let path: String
  private let temporary: String
  private var descriptor: Int32
  private var pending: [UInt8] = []
  private static let blockBytes = 1 << 20

  init(_ fileSystem: FileSystem, path: String, temporary: String, descriptor: Int32) {
    self.fileSystem = fileSystem
    self.path = path
    self.temporary = temporary
    self.descriptor = descriptor
  }

  deinit {
    guard descriptor >= 0 else { return }
    close(descriptor)
    unlink(temporary)
  }

  package func append(_ text: String) throws(FileSystemError) {
    pending += Array(text.utf8)
    if pending.count >= Self.blockBytes { try flush() }
  }

  private func flush() throws(FileSystemError) {
    try fileSystem.writeAll(pending, to: descriptor, path: temporary)
    pending.removeAll(keepingCapacity: true)
  }

  /// Syncs the file and gives it its name.
  package func finish() throws(FileSystemError) {
    try flush()
    guard fsync(descriptor) == 0 else { throw FileSystemError(operation: "sync", path: temporary, code: errno) }
    let closing = descriptor
    descriptor = -1
    guard close(closing) == 0 else { throw FileSystemError(operation: "close", path: temporary, code: errno) }
    do throws(FileSystemError) {
      try fileSystem.rename(temporary, to: path)
    } catch {
      unlink(temporary)
      throw error
    }
    try fileSystem.syncFolder(Paths.folder(of: path))
  }
}
