internal import Artifacts
internal import DurableFiles
internal import JobFiles

/// Copies finished models to `export_checkpoints_dir`.
struct ModelExport {
  private let request: JobRequest
  private let fileSystem: FileSystem

  init(_ request: JobRequest, fileSystem: FileSystem) {
    self.request = request
    self.fileSystem = fileSystem
  }

  /// Writes `MODEL_ID.deepspool` for the model and for each fold's.
  func export(_ content: ResultFolder.Content) throws {
    guard let name = request.job.exportCheckpointsDir else { return }
    let folder = try request.resolveExport(name)
    for model in [content] + (content.crossValidation?.models ?? []) {
      // Names come from strangers: what could leave the folder becomes an underscore.
      let file = String(model.modelName.map { $0.isLetter || $0.isNumber || "-_".contains($0) ? $0 : "_" })
      try fileSystem.write(model.modelFile.bytes(), to: "\(folder)/\(file).deepspool")
    }
  }
}
