package import Documents
package import DurableFiles
package import JobEvents
package import JobFiles

/// Folders below which the daemon may open tables, or write models.
///
/// Names in job files cannot lead anywhere else, neither through paths nor through symbolic links.
package struct DataDirectories: Sendable {
  private let folders: [String]
  private let noun: String
  private let opener: FileOpener

  /// - `noun`: The name of the folders in messages.
  /// - `opener`: How files in the folders are opened. What a user may not read is not found for them.
  package init(_ folders: [String], noun: String = "data directories", opener: FileOpener = .process) {
    self.folders = folders
    self.noun = noun
    self.opener = opener
  }

  /// Returns the real path of a table or folder.
  ///
  /// - `name`: A path relative to one of the folders, or an absolute path below one.
  /// - Throws: ``JobFailure`` with the name and the folders searched.
  package func resolve(_ name: String) throws(JobFailure) -> String {
    let roots = folders.compactMap(Paths.resolved)
    let candidates = name.hasPrefix("/") ? [name] : folders.map { "\($0)/\(name)" }
    // Names that lead outside by their text alone are not looked up.
    let isOutside =
      name.split(separator: "/").contains("..")
      || (name.hasPrefix("/") && !(folders + roots).contains { name.hasPrefix("\($0)/") })
    for candidate in candidates where !isOutside {
      guard let real = Paths.resolved(candidate), roots.contains(where: { real.hasPrefix($0 == "/" ? "/" : "\($0)/") }),
        opener.finds(real)
      else { continue }
      return real
    }
    // One answer, which does not reveal what exists outside or unreadable.
    let places = folders.isEmpty ? "the daemon has no \(noun)" : folders.joined(separator: ", ")
    throw JobFailure(
      .job,
      "'\(name)' was not found in the \(noun) (\(places)), or the submitter of the job may not read it; put it there, "
        + "or let the submitter read it")
  }

  /// Returns a fault for each file of a job that cannot be found or may not be opened.
  package func faults(of job: JobFile) -> [DocumentFault] {
    job.namedFiles.compactMap { key, name in
      do throws(JobFailure) {
        _ = try resolve(name)
        return nil
      } catch {
        return job.fault(key, error.description)
      }
    }
  }
}
