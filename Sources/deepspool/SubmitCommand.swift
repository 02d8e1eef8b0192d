import ArgumentParser
internal import DurableFiles
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
        let name = Paths.name(of: argument.path)
        // incoming may be written to but not opened, so its sync is left to the daemon. Written under a dot-name and renamed, so that the daemon never sees half a file.
        try fileSystem.write(
          argument.bytes, to: "\(layout.incoming)/\(freeName(name, layout, fileSystem))", mode: 0o644,
          syncsFolder: false)
        if !options.json { print("submitted \(argument.path)") }
      }
      if options.json { print(JSONValue.array(jobs.map(JSONValue.string)).pretty()) }
      guard SpoolLock.isHeld(layout) else {
        throw CommandFailure(.daemonNotRunning, "no daemon works on '\(layout.root)'; the jobs wait until one starts")
      }
    }
  }

  /// The file's name, or one with a number where a file of that name still waits to be taken.
  private func freeName(_ name: String, _ layout: SpoolLayout, _ fileSystem: FileSystem) -> String {
    let candidates = [name] + (2...9999).lazy.map { "\(Paths.stem(of: name)).\($0).\(Paths.fileExtension(of: name))" }
    return candidates.first { !fileSystem.exists("\(layout.incoming)/\($0)") } ?? name
  }
}
