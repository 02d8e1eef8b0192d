internal import DurableFiles
internal import Training

/// Shows that a job with several models goes on.
///
/// A job during which the daemon ended several times without progress is given up; progress is a change in the job's own
/// checkpoint folder, and the models of folds and grids keep their checkpoints elsewhere.
struct JobProgress {
  let workFolder: String
  let fileSystem: FileSystem

  /// `part`: The model that has come further; empty for the job's own, whose checkpoint is there already.
  func note(_ part: String) throws {
    guard !part.isEmpty else { return }
    let folder = "\(workFolder)/\(JobFolderLayout.checkpointFolder)"
    try fileSystem.makeFolder(folder)
    try fileSystem.write(part.utf8, to: "\(folder)/part", syncsFolder: false)
  }
}
