internal import Documents
internal import DurableFiles
internal import JobFiles

/// A finished model to compare.
struct ComparedModel {
  private static let maximumBytes = 64 << 20

  /// The name by which people know it.
  let title: String
  let path: String
  let job: JobFile
  let metrics: StoredMetrics

  /// Reads a result folder.
  ///
  /// - Throws: ``CommandFailure`` if the folder is no result of a training.
  init(_ path: String, title: String, fileSystem: FileSystem) throws {
    self.path = path
    self.title = title
    let metricsFile = "\(path)/\(ResultFolderLayout.metricsFile)"
    guard let bytes = try fileSystem.readIfPresent(metricsFile, limit: Self.maximumBytes) else {
      throw CommandFailure(
        .noInput, "'\(path)' is not the result of a training: it has no \(ResultFolderLayout.metricsFile)")
    }
    guard let metrics = try StoredMetrics(bytes, file: metricsFile) else {
      throw CommandFailure(.badData, "'\(metricsFile)' is empty")
    }
    self.metrics = metrics
    let effective = "\(path)/\(ResultFolderLayout.effectiveJobFile)"
    let file = fileSystem.exists(effective) ? effective : "\(path)/\(ResultFolderLayout.jobFile)"
    job = try JobFileReader.read(fileSystem.read(file, limit: Self.maximumBytes), file: file)
  }
}
