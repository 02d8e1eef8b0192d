package import DurableFiles
package import Models
internal import Planning

extension ModelFile {
  /// Reads the model in a result folder, in its `model` folder, or in a file.
  ///
  /// - Throws: ``NoModel`` or `FileSystemError`.
  package static func read(_ path: String, fileSystem: FileSystem) throws -> ModelFile {
    let (file, bytes) = try content(path, fileSystem: fileSystem)
    return try ModelFile(bytes: bytes, file: file)
  }

  /// Parses the content of a model file, whose path is for messages.
  init(bytes: [UInt8], file: String) throws(NoModel) {
    do throws(SealedFileError) {
      try self.init(bytes: bytes, rules: Self.rules)
    } catch {
      throw .file(path: file, error)
    }
  }

  /// Returns the rules recorded in a model file.
  static func rules(_ record: Int) -> ModelRules { Compatibility(record: record).model }

  /// Returns the unparsed model file of a result folder or its `model` folder, or the file itself.
  static func content(_ path: String, fileSystem: FileSystem) throws -> (file: String, bytes: [UInt8]) {
    for name in [ResultFolderLayout.modelFile, Paths.name(of: ResultFolderLayout.modelFile)] {
      let file = "\(path)/\(name)"
      if let bytes = try fileSystem.readIfPresent(file, limit: maximumBytes) { return (file, bytes) }
    }
    do throws(FileSystemError) {
      return (path, try fileSystem.read(path, limit: maximumBytes))
    } catch {
      guard Paths.resolved(path).flatMap({ try? fileSystem.status($0) })?.kind == .folder else { throw error }
      throw NoModel.folder(path: path)
    }
  }
}
