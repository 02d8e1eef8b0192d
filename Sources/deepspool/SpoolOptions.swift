import ArgumentParser
internal import Documents
internal import DurableFiles
internal import FoundationEssentials
internal import JobFiles
internal import Spooling

/// Options of commands that use the daemon's spool.
struct SpoolOptions: ParsableArguments {
  @Option(
    help: "Root folder of the spool. Default: $DEEPSPOOL_SPOOL, else the daemon's configuration file.",
    completion: .directory)
  var spool: String?

  @Flag(help: "Print JSON; errors, too.")
  var json = false

  /// The form of messages about errors.
  var form: CommandFailure.Form { CommandFailure.Form(json: json) }

  /// Returns the layout of the spool.
  ///
  /// - Throws: ``CommandFailure`` if there is no spool.
  func layout() throws -> SpoolLayout {
    let layout = SpoolLayout(root: try spool ?? Self.configured())
    do throws(FileSystemError) {
      _ = try FileSystem().status(layout.incoming)
    } catch {
      guard !error.isPermission else {
        throw SpoolPermission.failure("use the spool", layout.root)
      }
      throw CommandFailure(
        .noInput,
        "'\(layout.root)' is not a spool: it has no folder 'incoming'; start deepspoold there, or correct --spool")
    }
    return layout
  }

  /// Prints a message if no daemon is running.
  func noteMissingDaemon(_ layout: SpoolLayout) { if let text = Self.missingDaemon(layout) { Terminal.note(text) } }

  /// Returns the message that no daemon is running; nil if one is.
  static func missingDaemon(_ layout: SpoolLayout) -> String? {
    SpoolLock.isHeld(layout) ? nil : "no daemon is running on '\(layout.root)'; no job starts until one does"
  }

  /// Returns the path of the spool from the environment or the configuration file, else the default.
  ///
  /// Nothing else in the file matters, and a file that cannot be read counts as missing.
  static func configured() throws -> String {
    if let path = try SpoolPath.find(inEnvironment: ProcessInfo.processInfo.environment) { return path }
    let file = DaemonConfiguration.defaultPath
    guard let bytes = try? FileSystem().read(file, limit: DocumentReader.maximumBytes) else {
      return DaemonConfiguration().spool
    }
    return try SpoolPath.find(inFile: bytes, path: file) ?? DaemonConfiguration().spool
  }
}
