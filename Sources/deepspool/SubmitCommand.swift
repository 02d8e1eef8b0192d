import ArgumentParser
internal import Documents
internal import DurableFiles
internal import Glibc
internal import JobFiles
internal import Spooling

/// Submits job files to a spool.
struct SubmitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "submit", abstract: "Checks job files and submits them to the spool.")

  @OptionGroup var options: SpoolOptions

  @Argument(help: "Job files to submit.")
  var jobs: [String]

  func run() async throws {
    try await CommandFailure.reporting {
      let layout = try options.layout()
      let fileSystem = FileSystem()
      let arguments = try jobs.map { try JobFileArgument($0, fileSystem: fileSystem) }
      for argument in arguments {
        try drop(argument, into: layout.incoming, fileSystem)
        if !options.json { print("submitted \(argument.path)") }
      }
      if options.json { print(JSONValue.array(jobs.map(JSONValue.string)).pretty()) }
      guard SpoolLock.isHeld(layout) else {
        throw CommandFailure(
          .daemonNotRunning, "no daemon is running on '\(layout.root)'; the jobs wait until one starts")
      }
    }
  }

  private static let maximumNames = 9999

  /// Writes the job file into `incoming`, with a number in its name if the name is taken.
  ///
  /// Two users may submit files of one name at the same time. The file is written under a dot-name and renamed, so that
  /// the daemon never sees a partial file. Users may write to `incoming` but not open it, so the daemon syncs it.
  private func drop(_ argument: JobFileArgument, into folder: String, _ fileSystem: FileSystem) throws {
    let name = Paths.name(of: argument.path)
    let others = (2...Self.maximumNames).lazy.map {
      "\(Paths.stem(of: name)).\($0).\(Paths.fileExtension(of: name))"
    }
    if try isDropped(argument.bytes, at: "\(folder)/\(name)", fileSystem) { return }
    for other in others where try isDropped(argument.bytes, at: "\(folder)/\(other)", fileSystem) { return }
    throw FileSystemError(operation: "find a free name for", path: argument.path, code: EEXIST)
  }

  /// Writes the file, and returns false if the name is taken.
  private func isDropped(
    _ bytes: [UInt8], at path: String, _ fileSystem: FileSystem
  ) throws -> Bool {
    // The exclusive write below decides; this check only avoids useless writes.
    guard !fileSystem.exists(path) else { return false }
    do throws(FileSystemError) {
      let writer = try fileSystem.writer(path)
      try writer.append(bytes)
      // The daemon reads the file with the group of the folder.
      try writer.share(withGroup: fileSystem.status(Paths.folder(of: path)).groupID)
      try writer.finish(syncsFolder: false, replaces: false)
      return true
    } catch {
      if error.exists { return false }
      guard error.isPermission else { throw error }
      let folder = Paths.folder(of: path)
      let group = (try? fileSystem.status(folder)).map { UserDatabase.groupName($0.groupID) } ?? "of the service"
      throw CommandFailure(
        .cannotWrite,
        "you may not add files to '\(folder)'; ask an administrator to add you to the group \(group), then log in again"
      )
    }
  }
}
