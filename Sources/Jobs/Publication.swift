internal import DataFrames
internal import DeepLearning
internal import DurableFiles
internal import Exports
internal import JobEvents
internal import JobFiles
internal import Metrics
internal import Models
internal import Planning
internal import Reports
internal import Training
internal import Wording

/// Writes the result folder of a trained model with its exports, and its copies.
struct Publication {
  let origin: JobRequest
  let fileSystem: FileSystem
  let onEvent: @Sendable (JobEvent) -> Void
  /// Called regularly during long work.
  let heartbeat: @Sendable () -> Void

  /// Writes everything; blocks until it is done.
  ///
  /// - Parameters:
  ///   - content: The trained model.
  ///   - request: The request with its tables; exports are verified on the training table.
  ///   - folder: The path of the result folder.
  ///   - explains: False for a model of a grid, which explains its best model only.
  ///   - chartsFile: The path of a file for the charts of the report, to be read by the page of a grid.
  /// - Throws: ``FileSystemError``.
  func write(
    _ content: ResultFolder.Content, of request: ModelRequest, to folder: String, explains: Bool = true,
    chartsFile: String? = nil
  ) throws {
    var content = content
    content.exports = exports(content, training: request.training)
    content.samples = samples(content, request)
    explain(&content, request, explains: explains)
    if let problem = ModelCopies(origin, fileSystem: fileSystem).export(content) { onEvent(.warning(problem)) }
    try ResultFolder(folder, fileSystem: fileSystem).write(
      content, report: report(content, request), chartsFile: chartsFile)
  }

  /// Adds the explanations; a table that the model cannot score produces a warning.
  private func explain(_ content: inout ResultFolder.Content, _ request: ModelRequest, explains: Bool) {
    let explaining = ModelExplaining(
      content.model, job: content.job, seed: content.plan.options.seed,
      options: MetricOptions(content.job, request.compatibility), threads: request.threads, heartbeat: heartbeat)
    do {
      content.background = try explaining.background(request.training)
      guard explains else { return }
      content.explanations = try explaining.explain(
        training: request.training, validation: request.validationFrame, background: content.background,
        samples: content.final.point.samples, ranked: content.model.columnsByWeights)
    } catch {
      onEvent(.warning("the model is not explained: \(error)"))
    }
  }

  /// Returns the errors on each table; a table that cannot be scored again has none.
  private func samples(_ content: ResultFolder.Content, _ request: ModelRequest) -> [SampledRows] {
    var tables: [(part: MeasuredPart, frame: Frame)] = [(.training, request.training)]
    if let frame = request.validationFrame { tables.append((.validation, frame)) }
    let samples = tables.compactMap { try? ReportSample.of(content.model, on: $0.frame, part: $0.part) }
    return samples + [content.crossValidation?.sample].compactMap { $0 }
  }

  private func report(_ content: ResultFolder.Content, _ request: ModelRequest) -> ReportContent {
    var report = ReportContent(
      title: content.modelName, job: content.job, plan: content.plan, model: content.model, event: content.final,
      progress: .finished(ending: content.ending), provenance: request.provenance)
    report.crossValidation = content.crossValidation
    report.baseline = content.baseline
    report.labelThreshold = content.labelThreshold
    report.exports = content.exports
    report.data = content.data
    report.warnings = request.training.warnings + content.warnings
    report.samples = content.samples
    report.explanations = content.explanations
    return report
  }

  /// Exports the model in every format of the job; a failed export produces a warning and
  /// keeps the model.
  private func exports(_ content: ResultFolder.Content, training: Frame) -> [ResultFolder.Export] {
    guard !content.job.exports.isEmpty else { return [] }
    let identifier = content.modelFile.identifier
    return content.job.exports.map(ExportFormat.init).map { format in
      do {
        return .made(
          try ModelExport(
            content.model, format: format, identifier: identifier, producerVersion: Product.version,
            table: training))
      } catch {
        onEvent(.warning("\(error)"))
        return .refused(format, reason: "\(error)")
      }
    }
  }
}
