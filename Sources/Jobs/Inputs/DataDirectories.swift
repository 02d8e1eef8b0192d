package import Documents
internal import DurableFiles
package import JobEvents
package import JobFiles

/// Folders in which the daemon may open tables, or beneath which it may write models.
///
/// A name in a job file leads nowhere else, by no path and no link.
package struct DataDirectories: Sendable {
  private let folders: [String]
  private let noun: String

  /// `noun`: What messages call the folders.
  package init(_ folders: [String], noun: String = "data directories") {
    self.folders = folders
    self.noun = noun
  }

  /// The real path of a table or folder.
  ///
  /// `name`: Relative to one of the folders, or an absolute path beneath one.
  /// Throws ``JobFailure`` saying what was looked for where.
  package func resolve(_ name: String) throws(JobFailure) -> String {
    let roots = folders.compactMap(Paths.resolved)
    let candidates = name.hasPrefix("/") ? [name] : folders.map { "\($0)/\(name)" }
    // Names that lead outside by their text are not even looked up: the answer must not tell what exists there.
    var isOutside =
      name.split(separator: "/").contains("..")
      || (name.hasPrefix("/") && !(folders + roots).contains { name.hasPrefix("\($0)/") })
    for candidate in candidates where !isOutside {
      guard let real = Paths.resolved(candidate) else { continue }
      if roots.contains(where: { real.hasPrefix($0 == "/" ? "/" : "\($0)/") }) { return real }
      isOutside = true
    }
    let places = folders.isEmpty ? "the daemon has no \(noun)" : folders.joined(separator: ", ")
    throw JobFailure(
      .job,
      isOutside
        ? "'\(name)' lies outside of the \(noun) (\(places))"
        : "'\(name)' was not found in the \(noun) (\(places))")
  }

  /// Faults of a job that names tables which are not there.
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
