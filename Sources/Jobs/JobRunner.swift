internal import DeepLearning
package import DurableFiles
package import JobEvents
internal import JobFiles
internal import Metrics
internal import Planning
internal import Reports
package import Training

/// Runs one job, from reading its tables to writing its result folder.
///
/// The daemon and `deepspool run` share this runner; they differ in the folders and in the
/// receiver of events.
package struct JobRunner: Sendable {
  private let request: JobRequest
  private let fileSystem: FileSystem
  private let onEvent: @Sendable (JobEvent) -> Void

  /// - `onEvent`: Receives every event immediately, possibly on other threads.
  package init(_ request: JobRequest, fileSystem: FileSystem, onEvent: @escaping @Sendable (JobEvent) -> Void) {
    self.request = request
    self.fileSystem = fileSystem
    let log = JobEventLog(workFolder: request.workFolder, fileSystem: fileSystem)
    self.onEvent = { event in
      log.append(event)
      onEvent(event)
    }
  }

  /// Runs the job until it is finished, suspended or cancelled through `control`.
  ///
  /// - Throws: ``JobFailure``.
  package func run(_ control: TrainingControl) async throws(JobFailure) -> JobOutcome {
    do {
      return try await runThrowingAnything(control)
    } catch {
      throw JobFailure(error, job: request.job)
    }
  }

  private func runThrowingAnything(_ control: TrainingControl) async throws -> JobOutcome {
    let (request, fileSystem, onEvent) = (request, fileSystem, onEvent)
    try fileSystem.removeTree(request.resultFolder)
    try fileSystem.makeFolder(request.resultFolder)
    let context = RunContext(fileSystem: fileSystem, control: control, onEvent: onEvent)
    if request.job.kind == .predict { return try await PredictionJob(request, context).run() }
    try ModelCopies(request, fileSystem: fileSystem).check()
    let seed = try JobSeed(request: request, fileSystem: fileSystem).inForce()
    let (tables, inputs, data) = try await BlockingWork.run {
      let read = try JobTables.read(request, fileSystem: fileSystem, onEvent: onEvent)
      let faults = TrainingPlanner(request.job, request.compatibility(request.job)).columnFaults(
        read.training, validation: read.validation, seed: seed)
      guard faults.isEmpty else { throw TrainingError.unfit(faults) }
      let earlier = EarlierDivision(request, fileSystem: fileSystem)
      return (
        try DividedTables(
          request.job, training: read.training, validation: read.validation, seed: seed, earlier: earlier), read.inputs,
        read.described
      )
    }
    if let heldOut = tables.heldOut { onEvent(.heldOut(heldOut.summary)) }
    var job = tables.job
    if let note = request.singleNodeNote {
      onEvent(.warning(note))
      // The key has had its effect; in one process it would have none.
      job.withdraw(\.singleNodeMode)
    }
    // As in H2O, each process trains a copy. A job that has lost nodes keeps its copies.
    let copies = max(request.job.rankCount, request.ranks.count)
    if copies > 1, !job.spreadsModels, !job.isGiven(\.trainingShards) { job.compute(copies, for: \.trainingShards) }
    let main = ModelRequest(
      job: job, name: request.job.modelID ?? request.name, part: "", workFolder: request.workFolder,
      training: tables.training, validation: tables.validation.map { .table($0) } ?? .none, seed: seed,
      threads: request.limits.threads, keepsFinishedState: false, origin: request, inputs: inputs,
      data: data, heldOut: tables.heldOut)
    let pool = try await RankPool.open(for: main)
    do {
      let outcome = try await run(
        main, RunContext(fileSystem: fileSystem, control: control, pool: pool, onEvent: onEvent))
      await pool?.close()
      return outcome
    } catch {
      await pool?.close()
      throw error
    }
  }

  /// Trains the models and writes the result.
  private func run(_ main: ModelRequest, _ context: RunContext) async throws -> JobOutcome {
    let (request, fileSystem, control, onEvent) = (request, fileSystem, context.control, onEvent)
    if main.job.isGrid { return try await GridRun(main, context).run() }
    switch try await ValidatedModelRun(main, context).train() {
    case .suspended: return .suspended
    case .cancelled: return .cancelled
    case .trained(let trained):
      control.beginFinishing()
      for warning in trained.content.verdict.warnings { onEvent(.warning(warning)) }
      let summary = trained.model.summary(verdict: trained.content.verdict.summary)
      onEvent(.finished(summary))
      try await BlockingWork.run {
        try Publication(origin: request, fileSystem: fileSystem, onEvent: onEvent, heartbeat: control.beat).write(
          trained.content, of: main, to: request.resultFolder)
        try Self.copyEvents(request, fileSystem: fileSystem, onEvent: onEvent)
      }
      return .finished(summary)
    }
  }

  /// Copies the event log into the result.
  ///
  /// If the log cannot be read, a warning is reported and the result is kept.
  static func copyEvents(
    _ request: JobRequest, fileSystem: FileSystem, onEvent: (JobEvent) -> Void
  ) throws(FileSystemError) {
    let events: [UInt8]
    do {
      events = try fileSystem.read("\(request.workFolder)/\(JobFolderLayout.eventsFile)", limit: 1 << 30)
    } catch {
      return onEvent(.warning("\(ResultFolderLayout.eventsFile) is missing from the result: \(error)"))
    }
    try fileSystem.write(events, to: "\(request.resultFolder)/\(ResultFolderLayout.eventsFile)")
  }
}
