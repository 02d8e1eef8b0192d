internal import DurableFiles
internal import JobEvents
internal import Jobs
internal import Spooling

/// The locations of models that a job names.
struct JobPlaces: Sendable {
  let layout: SpoolLayout
  let fileSystem: FileSystem
  let dataDirectories: DataDirectories
  let resultsGroup: ResultsGroup
  let submitter: WorkerAssignment.Submitter

  /// Returns the result folder of a finished model.
  ///
  /// A number or identifier means the job of any user, a name the submitter's latest job that has it, if the submitter
  /// may read its result; otherwise it is a path below one of the data directories.
  func model(_ name: String) throws -> NamedFiles.ModelPlace {
    let results = try fileSystem.list(layout.results).compactMap { JobIdentifier($0) }
    let directory = SpoolDirectory(layout, fileSystem: fileSystem)
    let meant = JobReference(name).meant(
      among: results, id: { $0 }, isOwn: { directory.submitterID(ofResult: $0) == submitter.userID })
    for id in meant.sorted().reversed() {
      guard let folder = Paths.resolved(layout.result(id)) else { continue }
      // Results that belong to the service may be used by every submitter.
      let opener = resultsGroup == .submitter ? submitter.rights(below: folder) : .processWithoutLinks
      if opener.finds(folder) { return NamedFiles.ModelPlace(folder: folder, opener: opener) }
    }
    return NamedFiles.ModelPlace(folder: try dataDirectories.resolve(name), opener: submitter.opener())
  }
}
