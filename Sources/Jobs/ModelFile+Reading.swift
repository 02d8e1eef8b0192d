package import DurableFiles
package import Models
internal import Planning

extension ModelFile {
  /// The model in a result folder, its `model` folder, or a file.
  package static func read(_ path: String, fileSystem: FileSystem) throws -> ModelFile {
    try ModelFile(bytes: content(path, fileSystem: fileSystem).bytes, rules: Self.rules)
  }

  /// What a model file says about its rules.
  static func rules(_ record: Int) -> ModelRules { Compatibility(record: record).model }

  /// The file that holds the model in a result folder, its `model` folder, or the file itself; not looked into.
  static func content(
    _ path: String, fileSystem: FileSystem
  ) throws(FileSystemError) -> (file: String, bytes: [UInt8]) {
    let candidates = [
      "\(path)/\(ResultFolderLayout.modelFile)", "\(path)/\(Paths.name(of: ResultFolderLayout.modelFile))", path,
    ]
    let found = candidates.first { (try? fileSystem.status($0).kind) == .file } ?? path
    return (found, try fileSystem.read(found, limit: maximumBytes))
  }
}
