internal import Documents
internal import DurableFiles
internal import JobFiles
internal import Models
internal import Planning
internal import Reports

extension JobFile {
  /// Reads the settings of a finished model, with those that its preset chose for the response.
  ///
  /// - Parameters:
  ///   - folder: The path of the model's result folder.
  ///   - model: The model.
  ///   - fileSystem: Reads the file.
  /// - Returns: The settings in force.
  /// - Throws: `FileSystemError` or `DocumentError` if the settings cannot be read.
  static func ofModel(in folder: String, _ model: Model, fileSystem: FileSystem) throws -> JobFile {
    let path = "\(folder)/\(ResultFolderLayout.effectiveJobFile)"
    var job = try JobFileReader.read(fileSystem.read(path, limit: DocumentReader.maximumBytes), file: path)
    job.applyPreset(for: model.classes == nil ? .number : .classes)
    return job
  }
}
