internal import Documents
internal import DurableFiles
internal import JobFiles

/// An inspector that validates job files, fingerprints the tables that they name and estimates their needs.
///
/// An inspection may take as long as reading a gigabyte, so never call it on an actor.
package struct JobInspector: Sendable {
  private let directory: SpoolDirectory
  private let checks: JobChecks

  package init(_ directory: SpoolDirectory, checks: JobChecks) {
    self.directory = directory
    self.checks = checks
  }

  package func inspect(_ inspection: Inspection) -> Inspection.Finding {
    do throws(InspectionFailure) {
      return try finding(inspection)
    } catch {
      return error.finding
    }
  }

  private func finding(_ inspection: Inspection) throws(InspectionFailure) -> Inspection.Finding {
    let id = inspection.id
    switch inspection.purpose {
    case .acceptance(let name): return try acceptance(inspection, name: name)
    case .load: return .sound(JobBrief(try directory.readJob(id, in: .queued)), inputs: nil, submitterID: 0)
    case .retry(let state, _):
      let job = try directory.readJob(id, in: state)
      // Errors in the data are reported when the job starts.
      let inputs = try? checks.inputs(job, UserAccess(ownerOf: status(inspection)))
      return .sound(JobBrief(job), inputs: inputs.map(Self.text), submitterID: 0)
    case .estimate: return .needs(checks.needs(try directory.readJob(id, in: .queued)))
    }
  }

  /// The content of `inputs.json` as a message carries it: JSON would spell out each byte as a number.
  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  private func acceptance(
    _ inspection: Inspection, name: String
  ) throws(InspectionFailure) -> Inspection.Finding {
    guard let status = status(inspection) else { return .missing }
    guard SpoolDirectory.jobFileExtensions.contains(Paths.fileExtension(of: name)) || status.kind != .file else {
      throw .unfit(
        reason: "job files end in .yaml, .yml or .json; put data into one of the daemon's data directories")
    }
    let job = try directory.readClaim(inspection.id, name: name)
    let faults = checks.faults(job) + groupFaults(job, known: inspection.groups)
    guard faults.isEmpty else { throw .unfit(reason: DocumentError(faults).description) }
    let inputs = try checks.inputs(job, UserAccess(ownerOf: status))
    return .sound(JobBrief(job), inputs: inputs.map(Self.text), submitterID: status.ownerID)
  }

  /// Returns the status of the job file; nil if it is missing.
  private func status(_ inspection: Inspection) -> FileSystem.Status? {
    let layout = directory.layout
    let folder =
      switch inspection.purpose {
      case .acceptance: layout.claim(inspection.id)
      case .retry(let state, _): layout.folder(inspection.id, in: state)
      case .load, .estimate: layout.folder(inspection.id, in: .queued)
      }
    return try? directory.fileSystem.status("\(folder)/\(JobFolderLayout.jobFile)")
  }

  /// Rejects unknown groups: they would have no limit, which the author did not intend.
  private func groupFaults(_ job: JobFile, known: [String]) -> [DocumentFault] {
    guard !job.group.isEmpty, !known.contains(job.group) else { return [] }
    let groups = known.isEmpty ? "the daemon has no groups" : "the daemon has \(known.joined(separator: ", "))"
    return [job.fault(\.group, "names the unknown group '\(job.group)'; \(groups) (key 'groups' in its configuration)")]
  }
}
