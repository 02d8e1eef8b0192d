internal import Documents
internal import DurableFiles
internal import JobEvents
internal import JobFiles
internal import Jobs
internal import Spooling
package import Supervision
package import Training

/// The job that a supervisor has assigned to this process.
package struct AssignedJob: Sendable {
  private let link: WorkerLink
  private let ranks: RankGroup
  private let fileSystem: FileSystem

  /// - `ranks`: The processes that train with this one, which is rank 0.
  package init(_ link: WorkerLink, ranks: RankGroup = .alone) {
    self.link = link
    self.ranks = ranks
    // A folder belongs to the user of the command line, the spool to the service and its group.
    fileSystem = if case .folder = link.assignment.place { FileSystem(permissions: .umask) } else { FileSystem() }
  }

  /// Runs the job, reports its events and how it ended, and ends this process.
  ///
  /// - `beforeEnd`: Called when the job has ended, before the ending is reported.
  package func run(beforeEnd: () -> Void = {}) async -> Never {
    if let bytes = link.assignment.memoryLimitBytes { MemoryLimit(bytes: bytes).enforce() }
    let control = TrainingControl()
    link.follow(
      WorkerLink.Job(
        beats: { control.heartbeats }, phase: { JobPhase(control.phase) },
        onOrder: { [link] order in
          switch order {
          case .suspend: control.stop(.suspend)
          case .cancel: control.stop(.cancel)
          case .finish: if !control.finish() { link.report(.cannotFinish) }
          case .begin: break
          }
        }))
    let ending: JobEnding
    do {
      ending = .outcome(try await run(control))
    } catch {
      ending = .failure(JobFailure(error))
    }
    beforeEnd()
    link.end(ending)
  }

  private func run(_ control: TrainingControl) async throws -> JobOutcome {
    let folder = try folder
    // The worker of a killed supervisor may not have exited yet.
    let lock = try FileLock(waitingFor: "\(folder)/\(JobFolderLayout.lockFile)")
    defer { withExtendedLifetime(lock) {} }
    let request = try request(in: folder)
    return try await JobRunner(request, fileSystem: fileSystem) { [link] in link.report(.event($0)) }.run(control)
  }

  private var folder: String {
    get throws {
      switch link.assignment.place {
      case .spool(let spool): SpoolLayout(root: spool.root).folder(try id, in: .running)
      case .folder(let folder): folder.path
      }
    }
  }

  private var id: JobIdentifier {
    get throws(JobFailure) {
      guard let id = JobIdentifier(link.assignment.job) else {
        throw JobFailure(.program, "'\(link.assignment.job)' is not a job identifier")
      }
      return id
    }
  }

  private func request(in folder: String) throws -> JobRequest {
    let assignment = link.assignment
    let (title, files, source): (String, NamedFiles, JobRequest.Source)
    switch assignment.place {
    case .spool(let spool): (title, files, source) = (try id.fileName, self.files(spool), .spool)
    case .folder(let place):
      (title, files, source) = (
        place.title, NamedFiles(in: place.names), place.fileName.map { .file($0) } ?? .standardInput
      )
    }
    let text = try fileSystem.read("\(folder)/\(JobFolderLayout.jobFile)", limit: DocumentReader.maximumBytes)
    var request = JobRequest(
      job: try JobFileReader.read(text, file: title), jobText: text, name: assignment.job, workFolder: folder,
      files: files,
      limits: .init(threads: assignment.threads, tableBytes: assignment.maximumTableBytes, ranks: ranks))
    request.source = source
    return request
  }

  /// Returns the rules by which the names in the job file lead to files.
  private func files(_ spool: WorkerAssignment.Spool) -> NamedFiles {
    let submitter = spool.submitter
    let places = JobPlaces(
      layout: SpoolLayout(root: spool.root), fileSystem: fileSystem,
      dataDirectories: DataDirectories(spool.dataDirectories, opener: submitter.opener()),
      resultsGroup: ResultsGroup(rawValue: spool.resultsGroup) ?? .submitter, submitter: submitter)
    let exports = DataDirectories(spool.exportDirectories, for: .exports)
    return NamedFiles(
      frame: places.dataDirectories.resolve, model: places.model, export: exports.resolve,
      opener: submitter.opener(), exporter: submitter.rights())
  }
}

extension JobPhase {
  fileprivate init(_ phase: TrainingControl.Phase) {
    self =
      switch phase {
      case .preparing: .preparing
      case .training: .training
      case .finishing: .finishing
      }
  }
}
