internal import DurableFiles
internal import JobEvents
internal import JobFiles
internal import Metrics
internal import Models
internal import Planning
internal import Reports
internal import Training

/// Trains a model and, with cross-validation, first the models of all folds.
struct ValidatedModelRun: Sendable {
  private let request: ModelRequest
  private let context: RunContext

  init(_ request: ModelRequest, _ context: RunContext) {
    self.request = request
    self.context = context
  }

  func train() async throws -> RunOutcome<ValidatedModel> {
    guard request.job.isCrossValidated else { return try await trainMain(request, folds: [], found: nil) }
    let start = Clocks.monotonicSeconds()
    let request = request
    let plan = try await BlockingWork.run { try CrossValidation(request) }
    context.onEvent(.modelCount(plan.assignment.count + 1))
    let folds: [TrainedFold]
    switch try await trainFolds(plan) {
    case .ended(let outcome): return outcome
    case .trained(let trained): folds = trained
    }
    let content = try await BlockingWork.run { TrainedFold.content(folds, assignment: plan.assignment) }
    context.onEvent(.crossValidated(foldCount: folds.count, headline: .init(content.metrics.headline)))
    let secondsLeft = request.job.maxRuntimeSecs - (Clocks.monotonicSeconds() - start)
    let main = plan.mainRequest(after: folds.map(\.model), secondsLeft: secondsLeft)
    return try await trainMain(main, folds: folds, found: content)
  }

  /// - `found`: The results of cross-validation with the models of `folds`.
  private func trainMain(
    _ request: ModelRequest, folds: [TrainedFold], found: ResultFolder.CrossValidation?
  ) async throws -> RunOutcome<ValidatedModel> {
    switch try await ModelRun(request, context).train() {
    case .suspended: return .suspended
    case .cancelled: return .cancelled
    case .trained(let model):
      return .trained(
        try await BlockingWork.run { ValidatedModel(model, folds: folds, crossValidation: found) })
    }
  }

  private enum Folds {
    case trained([TrainedFold])
    case ended(RunOutcome<ValidatedModel>)
  }

  /// Trains the folds, as many in parallel as there are threads; the first failure ends all.
  private func trainFolds(_ plan: CrossValidation) async throws -> Folds {
    let events = PartEvents(context.onEvent)
    // The first failure stops the other folds, which would be useless.
    let folds = context.part(isFold: true) { _ in }
    var next = 0
    var models: [Int: TrainedFold] = [:]
    var ending: RunOutcome<ValidatedModel>?
    try await ModelsSideBySide<RunOutcome<TrainedFold>>(parallelism: plan.begunModels, control: folds.control).run(
      next: {
        guard ending == nil, next < plan.assignment.count else { return nil }
        let fold = next
        next += 1
        return (
          fold,
          {
            let part = folds.part(isFold: true) { events.forward($0, ofPart: JobFolderLayout.foldFolder(fold + 1)) }
            return try await train(fold: fold, of: plan, part)
          }
        )
      },
      ended: { fold, outcome in
        switch outcome {
        case .trained(let model): models[fold] = model
        case .suspended: ending = ending ?? .suspended
        case .cancelled: ending = .cancelled
        }
      },
      changed: { await writeLivePage(plan, finished: Set(models.keys), training: $0) })
    return ending.map(Folds.ended) ?? .trained((0..<plan.assignment.count).compactMap { models[$0] })
  }

  /// Writes a page with the state of the folds.
  private func writeLivePage(_ plan: CrossValidation, finished: Set<Int>, training: Set<Int>) async {
    let parts = (0..<plan.assignment.count).map { fold in
      let state: PartsReport.Part.State =
        finished.contains(fold) ? .finished : training.contains(fold) ? .training : .waiting
      return PartsReport.Part(
        name: "\(request.name)_cv_\(fold + 1)", state: state,
        link: state == .waiting ? nil : "\(JobFolderLayout.foldFolder(fold + 1))/\(ResultFolderLayout.reportFile)")
    }
    let page = PartsReport(
      title: request.name, kind: "Cross-validation with \(parts.count) folds; the main model is trained afterwards",
      parts: parts)
    await LivePage(request, context.store).write(page.html)
  }

  /// Trains the model of a fold and scores its held-out rows.
  private func train(
    fold: Int, of plan: CrossValidation, _ context: RunContext
  ) async throws -> RunOutcome<TrainedFold> {
    switch try await ModelRun(plan.request(fold: fold), context).train() {
    case .suspended: .suspended
    case .cancelled: .cancelled
    case .trained(let model):
      .trained(
        try await BlockingWork.run {
          TrainedFold(model, fold: fold, assignment: plan.assignment, heartbeat: context.control.beat)
        })
    }
  }
}
