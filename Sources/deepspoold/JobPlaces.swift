internal import DurableFiles
internal import JobEvents
internal import Jobs
internal import Models
internal import Reports
internal import Spooling
internal import Training

/// The locations of models, tables and exports that a job names.
struct JobPlaces: Sendable {
  let layout: SpoolLayout
  let dataDirectories: DataDirectories
  let exportDirectories: DataDirectories
  let fileSystem: FileSystem

  /// Returns the result folder of a finished model.
  ///
  /// A name means the latest job with that identifier or name, or a path below one of the data directories.
  ///
  /// `mayRead`: The rights for models in the data directories, and for results that belong to their
  /// submitters.
  func model(_ name: String, resultsGroup: ResultsGroup, mayRead: ReadingRights) throws -> String {
    let results = try fileSystem.list(layout.results).compactMap { JobIdentifier($0) }
    let finished = JobIdentifier.meant(name, among: results)
    if let latest = finished.max() {
      let folder = layout.result(latest)
      // Otherwise results belong to the service, and every submitter may use them.
      if resultsGroup == .submitter { try check(folder, mayRead) }
      return folder
    }
    let folder = try dataDirectories.resolve(name)
    try check(folder, mayRead)
    return folder
  }

  /// Checks that the files of a model are not links and that the submitter may read them.
  private func check(_ folder: String, _ mayRead: ReadingRights) throws {
    let real = Paths.resolved(folder) ?? folder
    try mayRead.check(real)
    // A job may also name the model's own folder.
    let parts = [
      ResultFolderLayout.modelFile, Paths.name(of: ResultFolderLayout.modelFile), JobFolderLayout.checkpointFile,
      ResultFolderLayout.effectiveJobFile,
    ]
    for part in parts {
      let file = "\(real)/\(part)"
      guard fileSystem.exists(file) else { continue }
      guard Paths.resolved(file) == file else {
        throw JobFailure(.job, "'\(folder)/\(part)' is a symbolic link to another place; name the target folder")
      }
      try mayRead.check(file)
    }
  }
}
