internal import Artifacts
internal import DataFrames
internal import DurableFiles
internal import Exports
internal import JobFiles

/// Writes the result folder of a trained model, its exports and its copies.
struct Publication {
  let origin: JobRequest
  let fileSystem: FileSystem
  let onEvent: @Sendable (JobEvent) -> Void

  /// Takes as long as writing takes.
  ///
  /// - `training`: The table that exports are proven on.
  func write(_ content: ResultFolder.Content, training: Frame, to folder: String) throws {
    var content = content
    content.exports = exports(content, training: training)
    if let problem = ModelCopies(origin, fileSystem: fileSystem).export(content) { onEvent(.warning(problem)) }
    try ResultFolder(folder, fileSystem: fileSystem).write(content)
  }

  /// The model in every format that the job wants; one that cannot be had is no reason to lose the model.
  private func exports(_ content: ResultFolder.Content, training: Frame) -> [ResultFolder.Export] {
    content.job.exports.map { format in
      do {
        return .made(
          try ModelExport(
            content.model, format: format, identifier: content.exportIdentifier, producerVersion: Product.version,
            table: training))
      } catch {
        onEvent(.warning("\(error)"))
        return .refused(format, reason: "\(error)")
      }
    }
  }
}
