internal import DataFrames
internal import DeepLearning
internal import DurableFiles
internal import JobEvents
internal import JobFiles
internal import Metrics
internal import Models
internal import Planning
internal import Reports
internal import Training
internal import Wording

/// The mean of the best models of a search, if it predicts the validation rows better than the best of them.
struct GridEnsemble {
  /// The models of the leaderboard, the best ones, that may become part.
  private static let maximumCandidates = 25
  /// The models that are added, with replacement, at most.
  private static let rounds = 20
  /// The predictions that the choice may average, over all rounds; more candidates and rounds are left out.
  private static let affordableValues = 4e8

  private let main: ModelRequest
  private let context: RunContext
  private let grid: Grid

  init(_ main: ModelRequest, _ context: RunContext, _ grid: Grid) {
    self.main = main
    self.context = context
    self.grid = grid
  }

  /// The folder in which the ensemble is built.
  var folder: String { "\(main.workFolder)/\(JobFolderLayout.gridEnsembleFolder)" }

  /// Chooses the ensemble and writes its result folder; nil if the best model is as good.
  ///
  /// A search without validation rows has none.
  func make(_ leaderboard: Leaderboard) throws -> GridEntry? {
    guard main.job.gridEnsemble > 1, leaderboard.trained.count > 1, let best = leaderboard.best else { return nil }
    try context.fileSystem.removeTree(folder)
    let files = try candidates(leaderboard)
    guard files.count > 1, let number = grid.number(of: best.name) else { return nil }
    var request = grid.request(number, secondsLeft: nil, parallelism: 1)
    request.instability = Instability.read(request, context.fileSystem)
    let plan = try ModelPlanner(request.trainedJob, request.compatibility).plan(
      request.training, validation: request.validation, seed: request.seed, threads: request.threads
    ).model
    guard let table = plan.validationTable else { return nil }
    let scorer = ModelScorer(
      threads: plan.threads, options: plan.scoring.metricOptions, heartbeat: context.control.beat)
    let scored = files.map { scorer.score($0.model, table) }
    let first = files[0].model
    func loss(_ outputs: [Double]) -> Double {
      grid.loss(of: scorer.metrics(of: first, [scored[0].predicted(outputs)]))
    }
    let values = Double(max(1, scored[0].outputs.count))
    let affordable = max(2, Int(min(Self.affordableValues / values / Double(Self.rounds), Double(files.count))))
    let selection = EnsembleSelection(
      predictions: scored.prefix(affordable).map(\.outputs), rounds: Self.rounds,
      maximumModels: main.job.gridEnsemble, loss: loss)
    let parts = zip(files, selection.shares).filter { $1 > 0 }.map { (file: $0, share: $1) }
    // The result has settings, history and checkpoint of the best model, so that model must be part of it.
    guard parts.count > 1, selection.counts[0] > 0, selection.loss < loss(scored[0].outputs) else { return nil }
    let place = "\(request.workFolder)/\(best.resultFolder)/\(ResultFolderLayout.checkpointFile)"
    let checkpoint = try CheckpointFile(
      bytes: context.fileSystem.read(place, limit: CheckpointFile.maximumBytes), topology: plan.training.topology,
      rule: plan.training.options.rule)
    return try publish(parts, request, plan, checkpoint: checkpoint)
  }

  /// Reads the best models that can be averaged with the best one, which comes first.
  private func candidates(_ leaderboard: Leaderboard) throws -> [ModelFile] {
    var files: [ModelFile] = []
    var strangers = 0
    for entry in leaderboard.trained.filter(\.hasResult).prefix(Self.maximumCandidates) {
      guard let number = grid.number(of: entry.name) else { continue }
      let folder = "\(main.workFolder)/\(JobFolderLayout.gridModelFolder(number + 1))/\(entry.resultFolder)"
      let file = try ModelFile.read(folder, fileSystem: context.fileSystem)
      if files.first?.model.canJoin(file.model) ?? true { files.append(file) } else { strangers += 1 }
    }
    if strangers > 0 {
      context.onEvent(
        .warning(
          "\(NumberText.count(strangers, "model")) cannot become part of the ensemble, because other settings prepare "
            + "their inputs or their response"))
    }
    return files
  }

  /// Writes the result folder of the mean of `parts`, of which the first is the best model of the search.
  private func publish(
    _ parts: [(file: ModelFile, share: Double)], _ best: ModelRequest, _ plan: ModelPlan, checkpoint: CheckpointFile
  ) throws -> GridEntry {
    var request = best
    request.name = "\(main.name)_ensemble"
    let model = Model.mean(of: parts)
    let final = plan.scored(model, after: checkpoint, heartbeat: context.control.beat)
    let names = parts.map { "\($0.file.name) (\(NumberText.shortest(($0.share * 100).rounded())) %)" }
    let ending = "mean of \(parts.count) models: \(names.joined(separator: ", "))"
    let trained = TrainedModel(
      request: request, plan: plan.training, model: model, final: final, ending: ending, continuation: nil,
      validationTable: plan.validationTable, baseline: plan.baseline, metricOptions: plan.scoring.metricOptions,
      warnings: [
        "the model is the \(ending); settings, history and layers below are those of \(parts[0].file.name)"
      ])
    let validated = ValidatedModel(trained, folds: [], crossValidation: nil)
    let (fileSystem, onEvent, heartbeat) = (context.fileSystem, context.onEvent, context.control.beat)
    try Publication(origin: main.origin, fileSystem: fileSystem, onEvent: onEvent, heartbeat: heartbeat).write(
      validated.content, of: request, to: "\(folder)/\(JobFolderLayout.resultFolder)", explains: false,
      chartsFile: "\(folder)/\(JobFolderLayout.gridChartsFile)")
    var entry = GridEntry(
      name: request.name, values: main.job.hyperParameters.map { _ in "" }, fingerprint: request.fingerprint,
      outcome: .trained(
        metrics: validated.model.final.leading.finiteValues, ending: ending, epochs: final.point.epochs,
        seconds: final.point.elapsedSeconds))
    entry.assessment = .init(validated.content.verdict)
    return entry
  }
}
