internal import DataFrames
internal import Documents
internal import DurableFiles
internal import JobEvents
internal import JobFiles
internal import Metrics
internal import Models
internal import Planning
internal import Reports
internal import Training

/// Trains the models of a grid, several in parallel; models finished by an earlier run are
/// not trained again.
///
/// Each model has a folder `grid/N` in the folder of the running job. It receives the checkpoint,
/// then the result folder, and last the ``GridEntry``, which marks the model as done.
struct GridRun: Sendable {
  private static let maximumChartBytes = 1 << 26

  private let main: ModelRequest
  private let context: RunContext

  init(_ main: ModelRequest, _ context: RunContext) {
    self.main = main
    self.context = context
  }

  /// Trains the combinations and writes the result folder: the best model, the leaderboard
  /// and all models.
  func run() async throws -> JobOutcome {
    let job = main.job
    let grid = try Grid(main)
    context.onEvent(.modelCount(grid.count))
    // The operator's limit applies to every job.
    let parallelism = min(grid.count, main.threads, job.gridParallelism == 0 ? main.threads : job.gridParallelism)
    let start = Clocks.monotonicSeconds()
    var entries: [Int: GridEntry] = [:]
    var ending: JobOutcome?
    let models = context.part(context.onEvent)
    var next = 0
    // An attempt throws only for faults of the machine or the program, which would fail the
    // other models too.
    try await ModelsSideBySide<Attempt>(parallelism: parallelism, control: models.control).run(
      next: {
        guard next < grid.count, ending == nil, !grid.isSettled(entries), context.control.stopRequest != .finish
        else { return nil }
        let left = job.gridMaxRuntimeSecs - (Clocks.monotonicSeconds() - start)
        guard job.gridMaxRuntimeSecs == 0 || left > 0 else { return nil }
        let number = next
        next += 1
        let request = grid.request(
          number, secondsLeft: job.gridMaxRuntimeSecs == 0 ? nil : left, parallelism: parallelism)
        return (number, { try await attempt(request, values: grid.valueTexts(number), models) })
      },
      ended: { number, attempt in
        switch attempt {
        case .done(let entry): entries[number] = entry
        case .ended(let outcome): ending = outcome
        }
      },
      changed: { await writeLivePage(grid, entries, training: $0) })
    if let ending { return ending }
    return try await publish(grid.leaderboard(entries))
  }

  /// Writes the current leaderboard as a page to watch during the search.
  private func writeLivePage(_ grid: Grid, _ entries: [Int: GridEntry], training: Set<Int>) async {
    let parts = training.sorted().map { number in
      PartsReport.Part(
        name: Grid.part(number + 1) + ": " + grid.valueTexts(number).joined(separator: ", "),
        state: .training, link: "\(JobFolderLayout.gridModelFolder(number + 1))/\(JobFolderLayout.reportFile)")
    }
    let folders = Dictionary(
      uniqueKeysWithValues: entries.map {
        ($1.name, "\(JobFolderLayout.gridModelFolder($0 + 1))/\(JobFolderLayout.resultFolder)")
      })
    let page = GridReport(
      title: main.name, job: main.job, leaderboard: grid.leaderboard(entries), folders: folders, training: parts,
      repetition: main.origin.repetition)
    await LivePage(main, context.fileSystem).write(page.html)
  }

  private enum Attempt: Sendable {
    case done(GridEntry)
    case ended(JobOutcome)
  }

  /// Trains one model; faults of the model do not end the search, faults of the machine do.
  private func attempt(_ request: ModelRequest, values: [String], _ models: RunContext) async throws -> Attempt {
    let fingerprint = request.fingerprint
    if let known = GridEntry.read(request.workFolder, fingerprint: fingerprint, fileSystem: context.fileSystem) {
      return .done(known)
    }
    let events = PartEvents(context.onEvent)
    let part = request.part
    try context.fileSystem.makeFolder(request.workFolder)
    let entry: GridEntry
    do {
      let faults = ParameterRules.faults(of: request.job)
      guard faults.isEmpty else { throw DocumentError(faults) }
      let run = ValidatedModelRun(request, models.part { events.forward($0, ofPart: part) })
      switch try await run.train() {
      case .suspended: return .ended(.suspended)
      case .cancelled: return .ended(.cancelled)
      case .trained(let trained): entry = try await keep(trained, of: request, values: values)
      }
    } catch {
      let failure = JobFailure(error, job: request.job)
      guard failure.cause == .job || failure.cause == .training else { throw failure }
      entry = GridEntry(
        name: request.name, values: values, fingerprint: fingerprint, outcome: .failed(reason: failure.description))
      context.onEvent(.ofPart(part, .modelFailed(failure.description)))
    }
    try entry.write(request.workFolder, fileSystem: context.fileSystem)
    try JobProgress(workFolder: main.origin.workFolder, fileSystem: context.fileSystem).note(request.part)
    return .done(entry)
  }

  /// Writes the result of a trained model and returns its entry.
  ///
  /// - `request`: The request of the grid; after cross-validation the main model was trained
  ///   with a different one.
  private func keep(
    _ trained: ValidatedModel, of request: ModelRequest, values: [String]
  ) async throws -> GridEntry {
    let (fileSystem, onEvent, heartbeat) = (context.fileSystem, context.onEvent, context.control.beat)
    try await BlockingWork.run {
      let folder = "\(request.workFolder)/\(JobFolderLayout.resultFolder)"
      try fileSystem.removeTree(folder)
      try Publication(origin: request.origin, fileSystem: fileSystem, onEvent: onEvent, heartbeat: heartbeat).write(
        trained.content, of: request, to: folder, explains: false,
        chartsFile: "\(request.workFolder)/\(JobFolderLayout.gridChartsFile)")
    }
    let summary = trained.model.summary(verdict: trained.content.verdict.sentence)
    context.onEvent(.ofPart(request.part, .finished(summary)))
    let metrics = trained.crossValidation?.metrics ?? trained.model.final.leading
    let named = metrics.values.filter { $0.value.isFinite }.map { ($0.name, $0.value) }
    return GridEntry(
      name: request.name, values: values, fingerprint: request.fingerprint,
      outcome: .trained(
        metrics: Dictionary(named, uniquingKeysWith: { first, _ in first }), ending: summary.ending,
        epochs: summary.epochs, seconds: summary.seconds))
  }

  /// Writes the result folder: that of the best model, with the leaderboard and the
  /// folders of all models.
  private func publish(_ leaderboard: Leaderboard) async throws -> JobOutcome {
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
    let (main, fileSystem) = (main, context.fileSystem)
    let summary = summary(best, leaderboard)
    context.onEvent(.finished(summary))
    try await BlockingWork.run {
      let result = main.origin.resultFolder
      try fileSystem.makeFolder("\(result)/\(ResultFolderLayout.modelsFolder)")
      var charts: [UInt8] = []
      var explained: GridReport.Explained?
      for number in 1...leaderboard.count {
        let folder = "\(main.workFolder)/\(JobFolderLayout.gridModelFolder(number))"
        let source = "\(folder)/\(JobFolderLayout.resultFolder)"
        guard fileSystem.exists(source) else { continue }
        try fileSystem.copyTree(source, to: "\(result)/\(ResultFolderLayout.gridModelFolder(number))")
        guard Grid.name(main, number: number) == best.name else { continue }
        try fileSystem.copyTree(source, to: result)
        charts =
          (try? fileSystem.read("\(folder)/\(JobFolderLayout.gridChartsFile)", limit: Self.maximumChartBytes)) ?? []
        explained = try explain(source)
      }
      try fileSystem.write(main.origin.jobText, to: "\(result)/\(ResultFolderLayout.jobFile)", syncsFolder: false)
      let page = GridReport(
        title: main.name, job: main.job, leaderboard: leaderboard, folders: folders(leaderboard),
        charts: charts, explained: explained, repetition: main.origin.repetition)
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
    let numbers = 1...leaderboard.count
    return Dictionary(
      uniqueKeysWithValues: numbers.map { (Grid.name(main, number: $0), ResultFolderLayout.gridModelFolder($0)) })
  }

  private func summary(_ best: GridEntry, _ leaderboard: Leaderboard) -> JobEvent.FinishSummary {
    guard case .trained(_, _, let epochs, let seconds) = best.outcome else {
      preconditionFailure("the best entry of a leaderboard is always a trained model")
    }
    let count = leaderboard.count
    return JobEvent.FinishSummary(
      ending: "\(count) models tried, \(leaderboard.failed.count) failed; the best is \(best.part)", epochs: epochs,
      seconds: seconds,
      headline: .init(name: leaderboard.metric, value: best.metric(leaderboard.metric) ?? .nan),
      isValidation: main.job.hasValidationTable || main.job.isCrossValidated)
  }
}
