internal import DataFrames
package import Documents
package import DurableFiles
package import JobEvents
package import JobFiles

/// Folders below which the daemon may open tables, or write models.
///
/// Names in job files cannot lead anywhere else, neither through paths nor through symbolic links.
package struct DataDirectories: Sendable {
  /// What the folders are for.
  package enum Purpose: Sendable {
    /// Tables and finished models are read from them.
    case data
    /// Finished models are copied into them.
    case exports

    fileprivate var noun: String { self == .data ? "data directories" : "export directories" }

    /// The key of the daemon's configuration.
    private var key: String { self == .data ? "data_directories" : "export_directories" }

    /// What to do about a name that was not found, once there are folders.
    fileprivate func repair(_ folders: [String]) -> String {
      guard let first = folders.first else { return "ask an administrator of the service to set \(key)" }
      switch self {
      case .data:
        return
          "copy it to '\(first)', or if it is there, let the submitter and the service read it and enter its folders. "
          + "A path is relative to a data directory, or absolute and in one; links must not lead out of it"
      case .exports:
        return "make the folder there. A path is relative to an export directory, or absolute and in one"
      }
    }
  }

  private let folders: [String]
  private let purpose: Purpose
  private let opener: FileOpener

  /// - `purpose`: What the folders are for, which messages name.
  /// - `opener`: How files in the folders are opened. What a user may not read is not found for them.
  package init(_ folders: [String], for purpose: Purpose = .data, opener: FileOpener = .process) {
    self.folders = folders
    self.purpose = purpose
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
    let noun = purpose.noun
    let places = folders.isEmpty ? "the daemon has no \(noun)" : folders.joined(separator: ", ")
    let hint = isOutside ? nil : nearest(name).map { " (did you mean '\($0)'?)" }
    throw JobFailure(
      .job,
      "'\(name)' was not found in the \(noun) (\(places)), or the submitter of the job or the service may not read it\(hint ?? ""); "
        + purpose.repair(folders))
  }

  /// Returns the name beside a missing one that was probably meant, among those that the user may list and read.
  private func nearest(_ name: String) -> String? {
    let last = Paths.name(of: name)
    let spelt = name.hasSuffix(last) ? String(name.dropLast(last.count)) : ""
    let places = name.hasPrefix("/") ? [spelt] : folders.map { "\($0)/\(spelt)" }
    for place in places {
      guard let folder = Paths.resolved(place) else { continue }
      let near = NearFile.name(near: last, in: folder, TableOpener(opener)) { opener.finds("\(folder)/\($0)") }
      if let near { return spelt + near }
    }
    return nil
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
