package import DurableFiles
internal import Glibc
package import Spooling

/// The folder through which the daemon tells deepspool-notify about ended jobs: one file per notice.
package struct NoticeBox: Sendable {
  /// The number of waiting notices from which on the daemon writes no more, because nobody seems to take them.
  package static let maximumCount = 10_000
  private static let maximumBytes = 1 << 20

  private let folder: String
  private let fileSystem: FileSystem

  package init(_ layout: SpoolLayout, _ fileSystem: FileSystem) {
    folder = layout.notices
    self.fileSystem = fileSystem
  }

  /// The error of a folder with ``maximumCount`` notices.
  package var full: FileSystemError { FileSystemError(operation: "add notices to", path: folder, code: EDQUOT) }

  /// Adds a notice; a power failure may lose it.
  package func add(_ notice: JobNotice) throws(FileSystemError) {
    try fileSystem.write(notice.bytes, to: path(of: notice.fileName), isDurable: false)
  }

  /// Returns the names of the waiting notices, in order of arrival of their jobs.
  ///
  /// Names that begin with a dot are files that are being written.
  package func names() throws(FileSystemError) -> [String] {
    try fileSystem.list(folder).filter { !$0.hasPrefix(".") }
  }

  package func path(of name: String) -> String { "\(folder)/\(name)" }

  /// Reads a notice; nil if it is damaged or gone.
  package func notice(_ name: String) -> JobNotice? {
    (try? fileSystem.read(path(of: name), limit: Self.maximumBytes)).flatMap(JobNotice.init)
  }

  /// Removes a notice that everybody has been told.
  package func remove(_ name: String) throws(FileSystemError) { try fileSystem.removeTree(path(of: name)) }
}
