internal import Documents
internal import DurableFiles
internal import JobFiles

/// A finished model to compare.
struct ComparedModel {
  private static let maximumBytes = 64 << 20

  /// The name by which people know it.
  let title: String
  let path: String
  /// The settings that the model was trained with, computed ones included.
  let job: JobFile
  /// The job file as it was submitted.
  private let submitted: JobFile
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
    func job(_ name: String) throws -> JobFile {
      let file = "\(path)/\(name)"
      return try JobFileReader.read(fileSystem.read(file, limit: Self.maximumBytes), file: file)
    }
    let hasEffective = fileSystem.exists("\(path)/\(ResultFolderLayout.effectiveJobFile)")
    self.job = try job(hasEffective ? ResultFolderLayout.effectiveJobFile : ResultFolderLayout.jobFile)
    // The model of a grid has no job file of its own.
    submitted = (try? job(ResultFolderLayout.jobFile)) ?? self.job
  }

  /// Returns the value of a parameter as the job file sets it, or as the search of the job chose it, and whether one of
  /// them did.
  ///
  /// What the program computed in their place, such as the epochs of a model after those of its folds, is left out.
  func value(of row: any ParameterRow) -> (text: String, isGiven: Bool) {
    let source = submitted.hyperParameters.contains { $0.row.key == row.key } ? job : submitted
    return (source.text(of: row), source.isGiven(row))
  }
}
