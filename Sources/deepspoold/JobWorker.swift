internal import Documents
internal import DurableFiles
internal import JobEvents
internal import JobFiles
internal import Jobs
internal import Spooling
internal import Supervision
internal import Training

/// The runner of the one job of a worker process, with the rights passed by the supervisor.
struct JobWorker: Sendable {
  let link: WorkerLink
  let fileSystem: FileSystem

  func run() async -> JobEnding {
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
    do {
      return .outcome(try await run(control))
    } catch {
      return .failure(JobFailure(error))
    }
  }

  private func run(_ control: TrainingControl) async throws -> JobOutcome {
    let assignment = link.assignment
    let layout = SpoolLayout(root: assignment.spool)
    guard let id = JobIdentifier(assignment.job) else {
      throw JobFailure(.program, "'\(assignment.job)' is not a job identifier")
    }
    let folder = layout.folder(id, in: .running)
    // The worker of a killed supervisor may not have exited yet.
    let lock = try FolderLock(folder)
    defer { withExtendedLifetime(lock) {} }
    let text = try fileSystem.read("\(folder)/\(JobFolderLayout.jobFile)", limit: DocumentReader.maximumBytes)
    let job = try JobFileReader.read(text, file: id.fileName)
    let request = request(id, job, text, folder: folder, layout)
    return try await JobRunner(request, fileSystem: fileSystem) { [link] in link.report(.event($0)) }.run(control)
  }

  private func request(
    _ id: JobIdentifier, _ job: JobFile, _ text: [UInt8], folder: String, _ layout: SpoolLayout
  ) -> JobRequest {
    let assignment = link.assignment
    let places = JobPlaces(
      layout: layout, dataDirectories: DataDirectories(assignment.dataDirectories),
      exportDirectories: DataDirectories(assignment.exportDirectories, noun: "export directories"),
      fileSystem: fileSystem)
    let mayRead = ReadingRights(assignment.submitter)
    var files = NamedFiles(
      frame: { name in
        let path = try places.dataDirectories.resolve(name)
        try mayRead.check(path)
        return path
      },
      model: { name in
        try places.model(
          name, resultsGroup: ResultsGroup(rawValue: assignment.resultsGroup) ?? .submitter, mayRead: mayRead)
      }, export: { try places.exportDirectories.resolve($0) })
    files.followsLinks = false
    files.checkAccess = mayRead.check
    return JobRequest(
      job: job, jobText: text, name: "\(id)", workFolder: folder, files: files,
      limits: .init(threads: assignment.threads, tableBytes: assignment.maximumTableBytes))
  }
}

extension JobPhase {
  init(_ phase: TrainingControl.Phase) {
    self =
      switch phase {
      case .preparing: .preparing
      case .training: .training
      case .finishing: .finishing
      }
  }
}
