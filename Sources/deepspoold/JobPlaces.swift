internal import DurableFiles
internal import JobEvents
internal import Jobs
internal import Models
internal import Reports
internal import Spooling
internal import Training

/// Where the things are that a job names.
struct JobPlaces: Sendable {
  let layout: SpoolLayout
  let dataDirectories: DataDirectories
  let exportDirectories: DataDirectories
  let fileSystem: FileSystem

  /// The result folder of a finished model: a job's identifier or name (the latest that bears it), or a path beneath one of
  /// the data directories.
  ///
  /// `mayRead`: Of models that lie in the data directories, and of results that are their submitters' own.
  func model(_ name: String, resultsGroup: ResultsGroup, mayRead: ReadingRights) throws -> String {
    let results = try fileSystem.list(layout.results).compactMap { JobIdentifier($0) }
    let finished = JobIdentifier.meant(name, among: results)
    if let latest = finished.max() {
      let folder = layout.result(latest)
      // Otherwise results belong to the service, and whoever may submit jobs may build on them.
      if resultsGroup == .submitter { try check(folder, mayRead) }
      return folder
    }
    let folder = try dataDirectories.resolve(name)
    try check(folder, mayRead)
    return folder
  }

  /// What is read of a model may neither be a link to elsewhere nor closed to the submitter.
  private func check(_ folder: String, _ mayRead: ReadingRights) throws {
    let real = Paths.resolved(folder) ?? folder
    try mayRead.check(real)
    // A job may name the folder of the model itself, too.
    let parts = [
      ResultFolderLayout.modelFile, Paths.name(of: ResultFolderLayout.modelFile), JobFolderLayout.checkpointFile,
      ResultFolderLayout.effectiveJobFile,
    ]
    for part in parts {
      let file = "\(real)/\(part)"
      guard fileSystem.exists(file) else { continue }
      guard Paths.resolved(file) == file else {
        throw JobFailure(.job, "'\(folder)/\(part)' leads elsewhere by a link; name the folder that it leads to")
      }
      try mayRead.check(file)
    }
  }
}
