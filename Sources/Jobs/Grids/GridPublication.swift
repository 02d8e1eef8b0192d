internal import DataFrames
internal import DurableFiles
internal import JobEvents
internal import JobFiles
internal import Metrics
internal import Models
internal import Planning
internal import Reports
internal import Training
internal import Wording

/// Writes the result folder of a grid: that of its best model, with the leaderboard and the folders of all models.
struct GridPublication: Sendable {
  private static let maximumChartBytes = 1 << 26

  private let main: ModelRequest
  private let context: RunContext
  private let grid: Grid

  init(_ main: ModelRequest, _ context: RunContext, _ grid: Grid) {
    self.main = main
    self.context = context
    self.grid = grid
  }

  /// Writes the result folder: that of the best model, with the leaderboard and the
  /// folders of all models.
  func publish(_ leaderboard: Leaderboard) async throws -> JobOutcome {
    guard let best = leaderboard.best else {
      let reasons = leaderboard.failed.prefix(3).map { entry in
        if case .failed(let reason) = entry.outcome { "\(entry.part): \(reason)" } else { entry.part }
      }
      throw JobFailure(
        leaderboard.failed.isEmpty ? .training : .job,
        leaderboard.failed.isEmpty
          ? "the search ended before any model was trained; increase its time limit"
          : "all \(leaderboard.failed.count) models of the grid failed: " + reasons.joined(separator: "; "))
    }
    context.control.beginFinishing()
    let (main, fileSystem, rungs, ensembles) = (
      main, context.fileSystem, grid.rungs, GridEnsemble(main, context, grid)
    )
    var leaderboard = leaderboard
    leaderboard.ensemble = try await BlockingWork.run { [leaderboard] in try ensembles.make(leaderboard) }
    let summary = summary(best, leaderboard)
    let warnings = (leaderboard.ensemble ?? best).assessment?.warnings ?? []
    for warning in warnings { context.onEvent(.warning(warning)) }
    context.onEvent(.finished(summary))
    try await BlockingWork.run { [leaderboard] in
      let result = main.origin.resultFolder
      try fileSystem.makeFolder("\(result)/\(ResultFolderLayout.modelsFolder)")
      var charts: [UInt8] = []
      var explained: GridReport.Explained?
      let trained = Dictionary(uniqueKeysWithValues: leaderboard.trained.map { ($0.name, $0) })
      for number in 1...leaderboard.count {
        guard let entry = trained[Grid.name(main, number: number)], entry.hasResult else { continue }
        let folder = "\(main.workFolder)/\(JobFolderLayout.gridModelFolder(number))"
        let source = "\(folder)/\(entry.resultFolder)"
        guard fileSystem.exists(source) else { continue }
        try fileSystem.copyTree(source, to: "\(result)/\(ResultFolderLayout.gridModelFolder(number))")
        guard entry.name == best.name, leaderboard.ensemble == nil else { continue }
        (charts, explained) = try deliver(folder, source, to: result)
      }
      if leaderboard.ensemble != nil {
        (charts, explained) = try deliver(
          ensembles.folder, "\(ensembles.folder)/\(JobFolderLayout.resultFolder)", to: result)
      }
      try fileSystem.write(main.origin.jobText, to: "\(result)/\(ResultFolderLayout.jobFile)", syncsFolder: false)
      let page = GridReport(
        title: main.name, job: main.job, leaderboard: leaderboard, folders: folders(leaderboard),
        charts: charts, explained: explained, repetition: main.origin.repetition, rungs: rungs)
      if let table = explained?.table { try ResultFolder(result, fileSystem: fileSystem).write(table) }
      try fileSystem.write(page.html().utf8, to: "\(result)/\(ResultFolderLayout.reportFile)", syncsFolder: false)
      try fileSystem.write(
        leaderboard.csv.text.utf8, to: "\(result)/\(ResultFolderLayout.leaderboardFile)", syncsFolder: false)
      if !leaderboard.failed.isEmpty {
        try fileSystem.write(
          leaderboard.failuresCSV.text.utf8, to: "\(result)/\(ResultFolderLayout.gridFailuresFile)", syncsFolder: false)
      }
      try JobRunner.copyEvents(main.origin, fileSystem: fileSystem, onEvent: context.onEvent)
      try fileSystem.syncFolder(result)
    }
    return .finished(summary)
  }

  /// Copies the result folder `source` of the model in `folder`; returns its charts, and its explanations.
  private func deliver(
    _ folder: String, _ source: String, to result: String
  ) throws -> (charts: [UInt8], explained: GridReport.Explained?) {
    try context.fileSystem.copyTree(source, to: result)
    let charts = try? context.fileSystem.read(
      "\(folder)/\(JobFolderLayout.gridChartsFile)", limit: Self.maximumChartBytes)
    return (charts ?? [], try explain(source))
  }

  /// Returns the explanations of the best model, which is read from its result folder.
  private func explain(_ folder: String) throws -> GridReport.Explained? {
    let file = try ModelFile.read(folder, fileSystem: context.fileSystem)
    let job = try JobFile.ofModel(in: folder, file.model, fileSystem: context.fileSystem)
    let explaining = ModelExplaining(
      file.model, job: job, seed: job.seed, options: MetricOptions(job, main.origin.compatibility(job)),
      threads: main.threads, heartbeat: context.control.beat)
    do throws(FrameError) {
      let table = try explaining.explain(
        training: main.training, validation: main.validationFrame, background: explaining.background(main.training),
        samples: file.samples, ranked: file.model.columnsByWeights)
      return table.map { GridReport.Explained(table: $0, model: file.model) }
    } catch {
      context.onEvent(.warning("the best model is not explained: \(error)"))
      return nil
    }
  }

  /// Returns the path of each model's result folder, relative to that of the grid.
  private func folders(_ leaderboard: Leaderboard) -> [String: String] {
    let entries = leaderboard.trained.filter(\.hasResult)
    return Dictionary(
      uniqueKeysWithValues: entries.compactMap { entry in
        grid.number(of: entry.name).map { (entry.name, ResultFolderLayout.gridModelFolder($0 + 1)) }
      })
  }

  private func summary(_ best: GridEntry, _ leaderboard: Leaderboard) -> JobEvent.FinishSummary {
    guard case .trained(_, _, let epochs, let seconds) = best.outcome else {
      preconditionFailure("the best entry of a leaderboard is always a trained model")
    }
    let count = leaderboard.count
    return JobEvent.FinishSummary(
      verdict: (leaderboard.ensemble ?? best).assessment?.verdict,
      ending: "\(NumberText.count(count, "model")) tried, \(leaderboard.failed.count) failed; the best is \(best.part)"
        + (best.values.isEmpty ? "" : " (\(leaderboard.parameters(of: best)))")
        + (leaderboard.ensemble.map { "; the result is better: \($0.ending)" } ?? ""), epochs: epochs,
      deliveredEpochs: leaderboard.ensemble == nil ? best.deliveredEpochs : nil, seconds: seconds,
      headline: .init(
        name: leaderboard.metric, value: (leaderboard.ensemble ?? best).metric(leaderboard.metric) ?? .nan),
      isValidation: main.job.hasValidationTable || main.job.isCrossValidated)
  }
}
