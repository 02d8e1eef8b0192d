internal import DurableFiles
internal import JobRunning
internal import Spooling

/// Where the things are that a job names.
struct JobPlaces: Sendable {
  let layout: SpoolLayout
  let dataDirectories: DataDirectories
  let exportDirectories: DataDirectories
  let fileSystem: FileSystem

  /// The result folder of a finished model: a job's identifier or name (the latest that bears it), or a path beneath one of
  /// the data directories.
  func model(_ name: String) throws -> String {
    let finished = try fileSystem.list(layout.results).compactMap { JobIdentifier($0) }.filter { $0.matches(name) }
    if let latest = finished.max() { return layout.result(latest) }
    return try dataDirectories.resolve(name)
  }
}
