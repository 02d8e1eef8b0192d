import ArgumentParser
internal import Documents
internal import DurableFiles
internal import Glibc
internal import JobFiles
internal import Spooling

/// Drops job files into a spool.
struct SubmitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "submit", abstract: "Checks job files and drops them into the spool.")

  @OptionGroup var options: SpoolOptions

  @Argument(help: "The job files.")
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
        throw CommandFailure(.daemonNotRunning, "no daemon works on '\(layout.root)'; the jobs wait until one starts")
      }
    }
  }

  private static let maximumNames = 9999

  /// Writes the file under its name, or one with a number where a file of that name still waits to be taken: two people may
  /// submit at the same moment.
  ///
  /// Written under a dot-name and renamed, so that the daemon never sees half a file. `incoming` may be written to but not
  /// opened, so its sync is left to the daemon.
  private func drop(_ argument: JobFileArgument, into folder: String, _ fileSystem: FileSystem) throws {
    let name = Paths.name(of: argument.path)
    let others = (2...Self.maximumNames).lazy.map {
      "\(Paths.stem(of: name)).\($0).\(Paths.fileExtension(of: name))"
    }
    if try isDropped(argument.bytes, at: "\(folder)/\(name)", fileSystem) { return }
    for other in others where try isDropped(argument.bytes, at: "\(folder)/\(other)", fileSystem) { return }
    throw FileSystemError(operation: "find a free name for", path: argument.path, code: EEXIST)
  }

  /// Whether the file could be written; not where one of that name is.
  private func isDropped(
    _ bytes: [UInt8], at path: String, _ fileSystem: FileSystem
  ) throws(FileSystemError) -> Bool {
    // Writing decides; looking saves writing in vain.
    guard !fileSystem.exists(path) else { return false }
    do throws(FileSystemError) {
      try fileSystem.write(bytes, to: path, mode: 0o644, syncsFolder: false, replaces: false)
    } catch {
      guard error.exists else { throw error }
      return false
    }
    return true
  }
}
