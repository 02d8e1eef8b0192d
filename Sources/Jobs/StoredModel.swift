package import DurableFiles
internal import Exports
package import Models

/// A finished model in any form: a result folder, a native file or a MOJO.
package enum StoredModel {
  /// Reads the model in a result folder, its `model` folder, a native file, or a MOJO zip, which is
  /// recognised by content.
  ///
  /// - Throws: ``NoModel``, ``ExportError`` or ``FileSystemError``.
  package static func read(_ place: NamedFiles.ModelPlace, fileSystem: FileSystem) throws -> (
    name: String, model: Model
  ) {
    try read(place.folder, fileSystem: fileSystem.reading(by: place.opener))
  }

  /// Reads a model in any form at a path.
  package static func read(_ path: String, fileSystem: FileSystem) throws -> (name: String, model: Model) {
    let (found, bytes) = try ModelFile.content(path, fileSystem: fileSystem)
    if MOJOReader.recognises(bytes) { return (Paths.name(of: found), try MOJOReader.model(bytes)) }
    let file = try ModelFile(bytes: bytes, file: found)
    return (file.name, file.model)
  }
}
