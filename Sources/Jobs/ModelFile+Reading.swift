package import DurableFiles
package import Models
internal import Planning

extension ModelFile {
  /// Reads the model in a result folder, in its `model` folder, or in a file.
  package static func read(_ path: String, fileSystem: FileSystem) throws -> ModelFile {
    try ModelFile(bytes: content(path, fileSystem: fileSystem).bytes, rules: Self.rules)
  }

  /// Returns the rules recorded in a model file.
  static func rules(_ record: Int) -> ModelRules { Compatibility(record: record).model }

  /// Returns the unparsed model file of a result folder or its `model` folder, or the file itself.
  static func content(
    _ path: String, fileSystem: FileSystem
  ) throws(FileSystemError) -> (file: String, bytes: [UInt8]) {
    let candidates = [
      "\(path)/\(ResultFolderLayout.modelFile)", "\(path)/\(Paths.name(of: ResultFolderLayout.modelFile))", path,
    ]
    for candidate in candidates.dropLast() {
      if let bytes = try fileSystem.readIfPresent(candidate, limit: maximumBytes) { return (candidate, bytes) }
    }
    return (path, try fileSystem.read(path, limit: maximumBytes))
  }
}
