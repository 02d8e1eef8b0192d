internal import DurableFiles
internal import JobRunning
internal import Spooling

/// Where the things are that a job names.
struct JobPlaces: Sendable {
  let layout: SpoolLayout
  let dataDirectories: DataDirectories
  let exportDirectories: DataDirectories
  let fileSystem: FileSystem

  /// The result folder of a finished model: a job's id, or a path beneath one of the data directories.
  func model(_ name: String) throws -> String {
    if let id = JobIdentifier(name), fileSystem.exists(layout.result(id)) { return layout.result(id) }
    return try dataDirectories.resolve(name)
  }
}
