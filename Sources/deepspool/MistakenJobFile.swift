internal import Documents
internal import DurableFiles
internal import JobFiles
internal import Spooling
internal import Wording

/// Recognises a job file that is given where a table is expected, the opposite of `MistakenTable`.
enum MistakenJobFile {
  /// Refuses a job file.
  ///
  /// A table may have any name, so a file counts as a job only if it has a key of job files, too.
  ///
  /// - Parameters:
  ///   - path: The file that should be a table; `-` is never refused.
  ///   - advice: Returns what to do instead, for the path as a shell takes it.
  /// - Throws: ``CommandFailure``.
  static func refuse(_ path: String, advice: (String) -> String) throws(CommandFailure) {
    guard SpoolDirectory.jobFileExtensions.contains(Paths.fileExtension(of: path)),
      let bytes = try? FileSystem().read(path, limit: DocumentReader.maximumBytes),
      let job = try? JobFileReader.check(bytes, file: path).job,
      ParameterCatalogue.shared.allRows.contains(where: { job.isGiven($0) })
    else { return }
    throw CommandFailure(.badData, "'\(path)' is a job file, not a table; \(advice(path.inShell))")
  }
}
