import ArgumentParser
internal import Documents
internal import DurableFiles
internal import FoundationEssentials
internal import JobFiles
internal import Spooling

/// The option that names the daemon's spool.
struct SpoolPlace: ParsableArguments {
  @Option(
    help: "Root folder of the spool. Default: $DEEPSPOOL_SPOOL, else the daemon's configuration file.",
    completion: .directory)
  var spool: String?

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
