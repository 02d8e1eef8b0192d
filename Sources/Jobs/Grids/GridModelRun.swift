internal import Documents
internal import DurableFiles
internal import JobEvents
internal import JobFiles
internal import Metrics
internal import Models
internal import Planning
internal import Reports
internal import Training

/// Trains a model of a grid, or a part of its training, and keeps its result in its folder.
struct GridModelRun: Sendable {
  /// The rung of successive halving at whose end the training pauses.
  struct Rung: Sendable {
    /// Counted from 0.
    let number: Int
    /// The name of the metric that decides which models continue.
    let metric: String
    /// Whether the model gets a result folder although it can continue.
    var isPublished = false
  }

  enum Attempt: Sendable {
    case done(GridEntry)
    case ended(JobOutcome)
  }

  let request: ModelRequest
  /// The values of the hyper-parameters as text.
  let values: [String]
  /// Nil to train to the end.
  var rung: Rung?
  /// The context of the whole job.
  let context: RunContext
  /// The context of all models, which can be stopped together.
  let models: RunContext

  /// Trains the model unless an earlier run has done so; faults of the model do not end the search, faults of the
  /// machine do.
  func train() async throws -> Attempt {
    let fileSystem = context.fileSystem
    let known = GridEntry.read(request.workFolder, fingerprint: request.fingerprint, fileSystem: fileSystem)
    if let known, isDone(known) { return .done(known) }
    let events = PartEvents(context.onEvent)
    let part = request.part
    try fileSystem.makeFolder(request.workFolder)
    let entry: GridEntry
    do {
      let faults = ParameterRules.faults(of: request.job)
      guard faults.isEmpty else { throw DocumentError(faults) }
      let run = ValidatedModelRun(
        request, models.part { if let event = told($0, after: known?.halving) { events.forward(event, ofPart: part) } })
      switch try await run.train() {
      case .suspended: return .ended(.suspended)
      case .cancelled: return .ended(.cancelled)
      case .trained(let trained): entry = try await keep(trained, after: known?.halving)
      }
    } catch {
      let failure = JobFailure(error, job: request.job)
      guard failure.cause == .job || failure.cause == .training else { throw failure }
      entry = GridEntry(
        name: request.name, values: values, fingerprint: request.fingerprint,
        outcome: .failed(reason: failure.description),
        halving: rung == nil ? nil : .init(rungs: known?.halving?.rungs ?? [], hasEnded: false))
      context.onEvent(.ofPart(part, .modelFailed(failure.description)))
    }
    try entry.write(request.workFolder, fileSystem: fileSystem)
    // The model of an earlier rung is not the result of a training that has gone on, or has failed, since.
    if let known, known.hasResult, !entry.hasResult || known.resultFolder != entry.resultFolder {
      try fileSystem.removeTree("\(request.workFolder)/\(known.resultFolder)")
    }
    try JobProgress(workFolder: request.origin.workFolder, fileSystem: fileSystem).note(part)
    return .done(entry)
  }

  /// Returns the event as the search means it: a model that goes on behind a rung was promoted, and one that is only
  /// published goes on with nothing.
  private func told(_ event: JobEvent, after known: GridEntry.Halving?) -> JobEvent? {
    guard case .resumed(let samples, let epochs, _) = event, let known, !known.hasEnded else { return event }
    return rung?.isPublished == true ? nil : .resumed(samples: samples, epochs: epochs, after: .promotion)
  }

  /// Returns whether an entry has what this run would add.
  private func isDone(_ entry: GridEntry) -> Bool {
    guard let rung, case .trained = entry.outcome, let halving = entry.halving else { return true }
    return (halving.hasEnded || halving.rungs.count > rung.number) && (entry.hasResult || !rung.isPublished)
  }

  /// Writes the result of a trained model and returns its entry.
  private func keep(_ trained: ValidatedModel, after known: GridEntry.Halving?) async throws -> GridEntry {
    let (fileSystem, onEvent, heartbeat) = (context.fileSystem, context.onEvent, context.control.beat)
    let summary = trained.model.summary(verdict: trained.content.verdict.summary)
    let metrics = (trained.crossValidation?.metrics ?? trained.model.final.leading).finiteValues
    let halving = rung.map { rung in
      GridEntry.Halving(
        rungs: Array((known?.rungs ?? []).prefix(rung.number))
          + [.init(value: metrics[rung.metric], epochs: summary.epochs)],
        hasEnded: !trained.model.isPaused, isPublished: rung.isPublished)
    }
    var entry = GridEntry(
      name: request.name, values: values, fingerprint: request.fingerprint,
      outcome: .trained(metrics: metrics, ending: summary.ending, epochs: summary.epochs, seconds: summary.seconds),
      halving: halving)
    entry.deliveredEpochs = summary.deliveredEpochs
    entry.assessment = .init(trained.content.verdict)
    // The request of the grid; after cross-validation the main model was trained with a different one.
    let (request, folder) = (request, "\(request.workFolder)/\(entry.resultFolder)")
    guard entry.hasResult else {
      onEvent(.ofPart(request.part, .finished(summary)))
      return entry
    }
    try await BlockingWork.run {
      try fileSystem.removeTree(folder)
      try Publication(origin: request.origin, fileSystem: fileSystem, onEvent: onEvent, heartbeat: heartbeat).write(
        trained.content, of: request, to: folder, explains: false,
        chartsFile: "\(request.workFolder)/\(JobFolderLayout.gridChartsFile)")
    }
    // The end of a training that only continues to be published has been told before.
    if rung?.isPublished != true { onEvent(.ofPart(request.part, .finished(summary))) }
    return entry
  }
}
