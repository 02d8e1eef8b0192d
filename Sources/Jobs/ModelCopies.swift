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

  /// Checks rule E66: a folder that is not writable is refused before training starts.
  func check() throws {
    guard let name = request.job.exportCheckpointsDir else { return }
    func refusal(_ reason: String) -> DocumentError {
      DocumentError([request.job.fault(\.exportCheckpointsDir, "'\(name)' cannot be used: \(reason)")])
    }
    let folder: SharedFolder
    do {
      folder = try open(name)
    } catch let error as FileSystemError where error.isNoFile {
      throw refusal("the folder does not exist")
    } catch let error as FileSystemError where error.isPermission {
      throw refusal("the submitter of the job may not add files to the folder")
    } catch {
      throw refusal("\(error)")
    }
    guard folder.isWritable else { throw refusal("the folder is not writable") }
  }

  private func open(_ name: String) throws -> SharedFolder {
    try SharedFolder(request.files.export(name), request.files.exporter)
  }

  /// Writes `MODEL_ID.deepspool` for the model and for the models of its folds.
  ///
  /// - Returns: A warning if a copy cannot be written, which does not fail the finished
  ///   model; otherwise nil.
  func export(_ content: ResultFolder.Content) -> String? {
    do {
      try write(content)
      return nil
    } catch {
      return "cannot export '\(content.modelName)' to export_checkpoints_dir, ignoring: \(error)"
    }
  }

  private func write(_ content: ResultFolder.Content) throws {
    guard let name = request.job.exportCheckpointsDir else { return }
    let folder = try open(name)
    for model in [content] + (content.crossValidation?.models ?? []) {
      // Names are untrusted: characters that could lead out of the folder become underscores.
      let file = String(model.modelName.map { $0.isLetter || $0.isNumber || "-_".contains($0) ? $0 : "_" })
      try folder.write(model.modelFile.bytes(), "\(file).deepspool", fileSystem)
    }
  }
}
