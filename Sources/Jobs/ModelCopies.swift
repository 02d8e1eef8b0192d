internal import Documents
internal import DurableFiles
internal import JobFiles
internal import Models
internal import Reports

/// Copies finished models to `export_checkpoints_dir`.
struct ModelCopies {
  private let request: JobRequest
  private let fileSystem: FileSystem

  init(_ request: JobRequest, fileSystem: FileSystem) {
    self.request = request
    self.fileSystem = fileSystem
  }

  /// Rule E66: a folder that cannot be written to is refused before anything is trained.
  func check() throws {
    guard let name = request.job.exportCheckpointsDir else { return }
    func refusal(_ reason: String) -> DocumentError {
      DocumentError([request.job.fault(\.exportCheckpointsDir, "'\(name)' cannot be used: \(reason)")])
    }
    let folder: String
    do {
      folder = try request.files.export(name)
    } catch {
      throw refusal("\(error)")
    }
    guard (try? fileSystem.status(folder).kind) == .folder else { throw refusal("there is no such folder") }
    guard Paths.isWritable(folder) else { throw refusal("it is not writable") }
  }

  /// Writes `MODEL_ID.deepspool` for the model and for each fold's.
  ///
  /// - Returns: What went wrong, if anything: a copy that cannot be written is no reason to give up a finished model.
  func export(_ content: ResultFolder.Content) -> String? {
    do {
      try write(content)
      return nil
    } catch {
      return "'\(content.modelName)' was not exported (\(error)), ignoring"
    }
  }

  private func write(_ content: ResultFolder.Content) throws {
    guard let name = request.job.exportCheckpointsDir else { return }
    let folder = try request.files.export(name)
    for model in [content] + (content.crossValidation?.models ?? []) {
      // Names come from strangers: what could leave the folder becomes an underscore.
      let file = String(model.modelName.map { $0.isLetter || $0.isNumber || "-_".contains($0) ? $0 : "_" })
      try fileSystem.write(model.modelFile.bytes(), to: "\(folder)/\(file).deepspool")
    }
  }
}
