internal import DataFrames
internal import DurableFiles
internal import JobFiles
internal import Models

/// The notation of the table of an earlier model, in which a job that continues it reads its own tables.
enum EarlierNotation {
  /// Returns nil for a job that continues no model, and for an unreadable one, which ``EarlierModel`` reports.
  static func of(_ job: JobFile, files: NamedFiles, fileSystem: FileSystem) -> TableNotation? {
    guard let name = job.checkpoint, let path = try? files.model(name) else { return nil }
    return try? StoredModel.read(path, fileSystem: fileSystem).model.notation
  }
}
