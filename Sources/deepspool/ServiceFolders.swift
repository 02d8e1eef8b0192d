internal import Documents
internal import DurableFiles
internal import Spooling

/// The folders of the service on this machine, as far as a user may know them.
enum ServiceFolders {
  /// The folders from which the service opens tables; none if this machine has no service.
  ///
  /// The spool has those of the daemon that runs or ran last. Users who may not read it learn them from the
  /// configuration file.
  static var ofTables: [String] {
    let fileSystem = FileSystem()
    if let root = try? SpoolPlace.configured(),
      let limits = QueueLimits.read(SpoolLayout(root: root), fileSystem)
    {
      return limits.dataDirectories
    }
    let path = DaemonConfiguration.defaultPath
    guard let bytes = try? fileSystem.read(path, limit: DocumentReader.maximumBytes) else { return [] }
    // The valid settings count, also of a file with faults.
    var configuration = DaemonConfiguration()
    _ = try? configuration.apply(file: bytes, path: path)
    return configuration.dataDirectories
  }
}
