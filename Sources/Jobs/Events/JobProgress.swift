internal import DurableFiles
internal import Training

/// Records the progress of a job with several models in the job's own checkpoint folder.
///
/// The daemon gives up a job after several interruptions without a change in that folder. The models
/// of folds and grids keep their checkpoints elsewhere, so their progress must be recorded there.
struct JobProgress {
  let workFolder: String
  let fileSystem: FileSystem

  /// - `part`: The model that progressed; empty for the job's own model, whose checkpoint is
  ///   already in the folder.
  func note(_ part: String) throws {
    guard !part.isEmpty else { return }
    try fileSystem.makeFolder("\(workFolder)/\(JobFolderLayout.checkpointFolder)")
    try fileSystem.write(part.utf8, to: "\(workFolder)/\(JobFolderLayout.partFile)", syncsFolder: false)
  }
}
