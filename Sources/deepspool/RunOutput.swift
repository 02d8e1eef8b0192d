internal import DurableFiles

/// The result folder of `deepspool run`, and the hidden folder beside it in which the job runs.
struct RunOutput {
  private static let replacedFolder = "replaced"

  /// The place of the result; a symbolic link counts as the folder that it leads to.
  let path: String
  private let fileSystem: FileSystem

  /// Checks, before anything is trained, that a result can appear at a place.
  ///
  /// - Parameters:
  ///   - given: The path as given, or the default.
  ///   - isForced: Whether an existing result is replaced.
  ///   - fileSystem: The files.
  /// - Throws: ``CommandFailure``.
  init(_ given: String, isForced: Bool, fileSystem: FileSystem) throws {
    self.fileSystem = fileSystem
    path = try Self.target(of: Self.withoutSlash(given), fileSystem)
    guard fileSystem.exists(path) else { return }
    guard fileSystem.exists("\(path)/\(ResultFolderLayout.jobFile)") else {
      throw CommandFailure(
        .cannotWrite,
        "'\(path)' is not a result folder and is never replaced; rename it, or choose another --output")
    }
    guard isForced else {
      throw CommandFailure(
        .cannotWrite, "'\(path)' already exists; use --force to replace it, or choose another --output")
    }
    guard !fileSystem.isMountPoint(path) else {
      throw CommandFailure(
        .cannotWrite,
        "'\(path)' is a mount point, which a finished result cannot replace; choose a folder in it, such as "
          + "--output '\(path)/result'")
    }
  }

  /// The folder in which the job runs; it holds the checkpoint after an interruption.
  var work: String { "\(Paths.folder(of: path))/.\(Paths.name(of: path)).running" }

  /// Whether the work folder holds something from which the same command continues.
  var hasProgress: Bool {
    [JobFolderLayout.checkpointFile, JobFolderLayout.partFile, JobFolderLayout.gridModelFolder(1)].contains {
      fileSystem.exists("\(work)/\($0)")
    }
  }

  /// What to do after a run that ended early.
  var advice: String {
    "run the same command again to \(hasProgress ? "continue from the checkpoint" : "start from the beginning")"
  }

  /// Makes the work folder and keeps other runs out of it, as long as the lock is there.
  ///
  /// - Throws: ``CommandFailure`` if another run works there.
  func claim() throws -> FileLock {
    try fileSystem.makeFolder(work)
    guard let lock = try FileLock(ifFree: "\(work)/\(JobFolderLayout.runLockFile)") else {
      throw CommandFailure(
        .tryAgain, "another run writes '\(path)'; wait until it has ended, or choose another --output")
    }
    return lock
  }

  /// Removes the work folder of a job that ended without a result, unless the job can continue from it.
  func discard() {
    if !hasProgress { try? fileSystem.removeTree(work) }
  }

  /// Moves a finished result to its place, instead of an earlier one, and removes the work folder.
  ///
  /// - Throws: ``CommandFailure`` that names the place of the finished result.
  func publish(_ result: String) throws {
    do throws(FileSystemError) {
      let aside = try setAside()
      do throws(FileSystemError) {
        try fileSystem.move(result, to: path)
      } catch {
        if let aside { try? fileSystem.rename(aside, to: path) }
        throw error
      }
    } catch {
      throw CommandFailure(.cannotWrite, "\(error); the finished result is in '\(result)': move it from there")
    }
    try fileSystem.removeTree(work)
  }

  /// Moves the result that is replaced into the work folder.
  ///
  /// - Returns: Its place there; nil if there was none, or if it had to be removed.
  private func setAside() throws(FileSystemError) -> String? {
    guard fileSystem.exists(path) else { return nil }
    let aside = "\(work)/\(Self.replacedFolder)"
    try fileSystem.removeTree(aside)
    do throws(FileSystemError) {
      try fileSystem.rename(path, to: aside)
      return aside
    } catch {
      // An overlay refuses to rename folders of its lower layer; the new result is complete by now.
      guard error.isOtherFileSystem else { throw error }
      try fileSystem.removeTree(path)
      return nil
    }
  }

  private static func target(of path: String, _ fileSystem: FileSystem) throws -> String {
    guard (try? fileSystem.status(path))?.kind == .link else { return path }
    guard let target = Paths.resolved(path) else {
      throw CommandFailure(
        .cannotWrite, "'\(path)' is a symbolic link that leads nowhere; remove it, or choose another --output")
    }
    return target
  }

  private static func withoutSlash(_ path: String) -> String {
    path.count > 1 && path.hasSuffix("/") ? withoutSlash(String(path.dropLast())) : path
  }
}
