internal import DataFrames
internal import Documents
internal import DurableFiles
internal import JobEvents
internal import JobFiles
internal import Metrics
internal import Models
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
    var model = try model(request, fileSystem: fileSystem)
    if let threshold = job.labelThreshold.probability {
      do throws(LabelThresholdError) { model = try model.labelled(from: threshold) } catch {
        throw DocumentError([job.fault(\.labelThreshold, "\(error)")])
      }
    }
    let prediction = try PredictionRun(
      model, .init(anomaly: job.anomaly, perFeature: job.perFeature, deepFeatures: job.deepFeatures),
      threads: request.limits.threads, heartbeat: context.control.beat)
    let writer = try fileSystem.writer("\(request.resultFolder)/\(ResultFolderLayout.predictionsFile)")
    let files = try (job.frame?.names ?? []).map { (path: try request.files.frame($0), name: $0) }
    let predicted = try prediction.run(
      files, options: request.readOptions, isStopped: { context.control.stopRequest != .none },
      warn: { context.onEvent(.warning($0)) }, write: writer.append)
    guard let rowCount = predicted?.rowCount else {
      return context.control.stopRequest == .cancel ? .cancelled : .suspended
    }
    try check.refuseChange(since: inputs)
    try writer.finish()
    context.control.beginFinishing()
    try fileSystem.write(
      request.jobText, to: "\(request.resultFolder)/\(ResultFolderLayout.jobFile)", syncsFolder: false)
    let summary = JobEvent.FinishSummary(
      ending: "\(rowCount) rows predicted", epochs: 0, seconds: Clocks.monotonicSeconds() - start,
      headline: .init(name: "rows", value: Double(rowCount)), isValidation: false)
    context.onEvent(.finished(summary))
    try JobRunner.copyEvents(request, fileSystem: fileSystem, onEvent: context.onEvent)
    try fileSystem.syncFolder(request.resultFolder)
    return .finished(summary)
  }

  private static func model(_ request: JobRequest, fileSystem: FileSystem) throws -> Model {
    let name = request.job.model ?? ""
    do {
      return try StoredModel.read(request.files.model(name), fileSystem: fileSystem).model
    } catch {
      throw DocumentError([request.job.fault(\.model, "names '\(name)', which is not a finished model: \(error)")])
    }
  }
}
