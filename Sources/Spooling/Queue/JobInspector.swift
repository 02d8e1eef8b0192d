internal import Documents
internal import DurableFiles
internal import JobFiles

/// Looks at the files of a job: reads and checks the job file, hashes the tables that it names, foretells what it needs.
///
/// Takes as long as reading a gigabyte takes, so it is never called on an actor.
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
      // What is wrong with its data is told when it starts.
      let inputs = try? checks.inputs(job, UserAccess(ownerOf: status(inspection)))
      return .sound(JobBrief(job), inputs: inputs, submitterID: 0)
    case .estimate: return .needs(checks.needs(try directory.readJob(id, in: .queued)))
    }
  }

  private func acceptance(
    _ inspection: Inspection, name: String
  ) throws(InspectionFailure) -> Inspection.Finding {
    guard let status = status(inspection) else { return .missing }
    guard SpoolDirectory.jobFileExtensions.contains(Paths.fileExtension(of: name)) || status.kind != .file else {
      throw .unfit(
        reason: "job files end in .yaml, .yml or .json; data belongs into a data directory of the daemon")
    }
    let job = try directory.readClaim(inspection.id, name: name)
    let faults = checks.faults(job) + groupFaults(job, known: inspection.groups)
    guard faults.isEmpty else { throw .unfit(reason: DocumentError(faults).description) }
    let inputs = try checks.inputs(job, UserAccess(ownerOf: status))
    return .sound(JobBrief(job), inputs: inputs, submitterID: status.ownerID)
  }

  /// Of the job file; nil where there is none.
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

  /// A group that the daemon does not know has no limit, which is not what its author meant.
  private func groupFaults(_ job: JobFile, known: [String]) -> [DocumentFault] {
    guard !job.group.isEmpty, !known.contains(job.group) else { return [] }
    let groups = known.isEmpty ? "the daemon has no groups" : "the daemon has \(known.joined(separator: ", "))"
    return [job.fault(\.group, "names '\(job.group)'; \(groups) (groups in its configuration)")]
  }
}
