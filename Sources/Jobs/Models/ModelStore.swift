internal import DurableFiles
internal import Training

/// The checkpoints and pages of models in training: in their folders, or on the way to rank 0, which has the folders.
struct ModelStore: Sendable {
  /// Returns the last checkpoint of a model; nil if there is none that can be read.
  let checkpoint: @Sendable (ModelRequest) -> [UInt8]?
  /// Replaces the checkpoint of a model; blocks until it is safe.
  let keepCheckpoint: @Sendable (ModelRequest, [UInt8]) throws -> Void
  /// Replaces the page of a model; blocks.
  let keepPage: @Sendable (ModelRequest, [UInt8]) throws -> Void

  /// The store that writes to the folders of models.
  static func folders(_ fileSystem: FileSystem) -> ModelStore {
    ModelStore(
      checkpoint: {
        try? fileSystem.read(place($0, JobFolderLayout.checkpointFile), limit: CheckpointFile.maximumBytes)
      },
      keepCheckpoint: { request, bytes in
        let path = place(request, JobFolderLayout.checkpointFile)
        try fileSystem.makeFolder(Paths.folder(of: path))
        try fileSystem.write(bytes, to: path)
        try JobProgress(workFolder: request.origin.workFolder, fileSystem: fileSystem).note(request.part)
      },
      keepPage: { request, bytes in
        let path = place(request, JobFolderLayout.reportFile)
        try fileSystem.makeFolder(Paths.folder(of: path))
        try fileSystem.write(bytes, to: path, isDurable: false)
      })
  }

  private static func place(_ request: ModelRequest, _ file: String) -> String { "\(request.workFolder)/\(file)" }
}
