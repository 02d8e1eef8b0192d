import ArgumentParser
internal import Documents
internal import DurableFiles
internal import JobEvents
internal import JobFiles
internal import Jobs
internal import Spooling
internal import Supervision
internal import Training

/// The command that runs one job in a process of its own; started by the daemon only.
///
/// The job has the rights that the daemon passes with the assignment.
struct WorkerCommand: AsyncParsableCommand {
  static let name = "worker"
  static let configuration = CommandConfiguration(
    commandName: name, abstract: "Runs one job for the deepspoold that started this process.", shouldDisplay: false)

  @Argument(help: "The job's identifier, for ps and top. The assignment comes through a pipe.")
  var job: String

  func run() async throws {
    guard let link = WorkerLink() else {
      throw ValidationError("only deepspoold starts workers; use 'deepspool run JOB' to run a job")
    }
    MemoryLimit(bytes: link.assignment.memoryLimitBytes).enforce()
    let control = TrainingControl()
    link.follow(
      WorkerLink.Job(
        beats: { control.heartbeats }, phase: { JobPhase(control.phase) },
        onOrder: { order in
          switch order {
          case .suspend: control.stop(.suspend)
          case .cancel: control.stop(.cancel)
          case .finish: if !control.finish() { link.report(.cannotFinish) }
          case .begin: break
          }
        }))
    do {
      link.end(.outcome(try await run(control, link)))
    } catch {
      link.end(.failure(JobFailure(error)))
    }
  }

  private func run(_ control: TrainingControl, _ link: WorkerLink) async throws -> JobOutcome {
    let (assignment, fileSystem) = (link.assignment, FileSystem())
    guard let id = JobIdentifier(assignment.job) else {
      throw JobFailure(.program, "'\(assignment.job)' is not a job identifier")
    }
    let folder = SpoolLayout(root: assignment.spool).folder(id, in: .running)
    // The worker of a killed supervisor may not have exited yet.
    let lock = try FolderLock(folder)
    defer { withExtendedLifetime(lock) {} }
    let text = try fileSystem.read("\(folder)/\(JobFolderLayout.jobFile)", limit: DocumentReader.maximumBytes)
    var request = JobRequest(
      job: try JobFileReader.read(text, file: id.fileName), jobText: text, name: "\(id)", workFolder: folder,
      files: files(assignment, fileSystem),
      limits: .init(threads: assignment.threads, tableBytes: assignment.maximumTableBytes))
    request.source = .spool
    return try await JobRunner(request, fileSystem: fileSystem) { link.report(.event($0)) }.run(control)
  }

  /// Returns the rules by which the names in the job file lead to files.
  private func files(_ assignment: WorkerAssignment, _ fileSystem: FileSystem) -> NamedFiles {
    let submitter = assignment.submitter
    let places = JobPlaces(
      layout: SpoolLayout(root: assignment.spool), fileSystem: fileSystem,
      dataDirectories: DataDirectories(assignment.dataDirectories, opener: submitter.opener()),
      resultsGroup: ResultsGroup(rawValue: assignment.resultsGroup) ?? .submitter, submitter: submitter)
    let exports = DataDirectories(assignment.exportDirectories, noun: "export directories")
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
