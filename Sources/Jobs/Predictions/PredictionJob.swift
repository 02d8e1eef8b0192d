internal import DataFrames
internal import DeepLearning
internal import Documents
internal import DurableFiles
internal import Explanations
internal import JobEvents
internal import JobFiles
internal import Metrics
internal import Models
internal import Reports
internal import Training

/// A job of `kind: predict`: scores a table with a finished model.
///
/// It has no checkpoints: after an interruption it starts again, with the same result.
struct PredictionJob {
  private let request: JobRequest
  private let context: RunContext

  init(_ request: JobRequest, _ context: RunContext) {
    self.request = request
    self.context = context
  }

  func run() async throws -> JobOutcome {
    let (request, context) = (request, context)
    return try await BlockingWork.run { try Self.run(request, context) }
  }

  private static func run(_ request: JobRequest, _ context: RunContext) throws -> JobOutcome {
    let start = Clocks.monotonicSeconds()
    let check = InputCheck(request: request, fileSystem: context.fileSystem)
    let inputs = try check.inputs()
    let (job, fileSystem) = (request.job, context.fileSystem)
    var (name, model, background) = try model(request, fileSystem: fileSystem)
    if let threshold = job.labelThreshold.probability {
      do throws(LabelThresholdError) { model = try model.labelled(from: threshold) } catch {
        throw DocumentError([job.fault(\.labelThreshold, "\(error)")])
      }
    }
    let warnings = Warnings(context)
    var prediction = try PredictionRun(
      model, .init(anomaly: job.anomaly, perFeature: job.perFeature, deepFeatures: job.deepFeatures),
      threads: request.limits.threads, heartbeat: context.control.beat)
    prediction.furtherColumns = PredictionSample.columns(for: model)
    prediction.explainer = try background.map {
      try StoredBackground.explainer(
        model, $0, threads: request.limits.threads, heartbeat: context.control.beat)
    }
    var sample = PredictionSample(model)
    let contributionWriter = try background.map { _ in
      try fileSystem.writer("\(request.resultFolder)/\(ResultFolderLayout.contributionsFile)")
    }
    var contributionTable = contributionWriter.map { ContributionTable(write: $0.append) }
    let writer = try fileSystem.writer("\(request.resultFolder)/\(ResultFolderLayout.predictionsFile)")
    let files = try (job.frame?.names ?? []).map { (path: try request.files.frame($0), name: $0) }
    let predicted = try prediction.run(
      files, options: request.readOptions, isStopped: { context.control.stopRequest != .none },
      warn: warnings.add, write: writer.append,
      takeContributions: { contributions in
        try contributionTable?.append(contributions)
        sample.add(contributions)
      },
      observe: { sample.add($0.outputs, $0.frame) })
    guard let rowCount = predicted?.rowCount else {
      return context.control.stopRequest == .cancel ? .cancelled : .suspended
    }
    try check.refuseChange(since: inputs)
    try writer.finish()
    try contributionWriter?.finish()
    context.control.beginFinishing()
    try fileSystem.write(
      request.jobText, to: "\(request.resultFolder)/\(ResultFolderLayout.jobFile)", syncsFolder: false)
    let summary = JobEvent.FinishSummary(
      ending: "\(rowCount) rows predicted", epochs: 0, seconds: Clocks.monotonicSeconds() - start,
      headline: nil, isValidation: false)
    context.onEvent(.finished(summary))
    let report = PredictionReport(
      .init(
        title: request.name, modelPlace: job.model ?? "", modelName: name, tables: inputs.inputs.map(\.description),
        rowCount: rowCount, seconds: summary.seconds, jobText: String(decoding: request.jobText, as: UTF8.self),
        warnings: warnings.texts, repetition: request.repetition),
      sample)
    try fileSystem.write(
      report.html().utf8, to: "\(request.resultFolder)/\(ResultFolderLayout.reportFile)", syncsFolder: false)
    try JobRunner.copyEvents(request, fileSystem: fileSystem, onEvent: context.onEvent)
    try fileSystem.syncFolder(request.resultFolder)
    return .finished(summary)
  }

  /// Returns the model with its name and, if the job wants contributions, the rows to compare with.
  private static func model(
    _ request: JobRequest, fileSystem: FileSystem
  ) throws -> (name: String, model: Model, background: Background?) {
    let job = request.job
    let place: NamedFiles.ModelPlace
    let stored: (name: String, model: Model)
    do {
      place = try request.files.model(job.model ?? "")
      stored = try StoredModel.read(place, fileSystem: fileSystem)
    } catch {
      throw DocumentError([job.fault(\.model, "names '\(job.model ?? "")', which is not a finished model: \(error)")])
    }
    guard job.contributions else { return (stored.name, stored.model, nil) }
    guard stored.model.objective.reconstructed == nil else {
      throw DocumentError([
        job.fault(\.contributions, "needs a model that predicts a response; \(StoredBackground.autoencoder)")
      ])
    }
    do {
      let background = try StoredBackground.read(
        place.folder, for: stored.model, fileSystem: fileSystem.reading(by: place.opener))
      return (stored.name, stored.model, background)
    } catch {
      throw DocumentError([job.fault(\.contributions, "is not possible: \(error)")])
    }
  }

  /// Reports warnings and keeps them for the page.
  private final class Warnings {
    private let context: RunContext
    private(set) var texts: [String] = []

    init(_ context: RunContext) { self.context = context }

    func add(_ text: String) {
      texts.append(text)
      context.onEvent(.warning(text))
    }
  }
}
