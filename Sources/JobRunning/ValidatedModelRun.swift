internal import Artifacts
internal import DurableFiles
internal import JobFiles
internal import Metrics
internal import Scoring
internal import Training

/// Trains a model and, where its job asks for cross-validation, the models of all folds before it.
struct ValidatedModelRun: Sendable {
  private let request: ModelRequest
  private let context: RunContext

  init(_ request: ModelRequest, _ context: RunContext) {
    self.request = request
    self.context = context
  }

  func train() async throws -> RunOutcome<ValidatedModel> {
    guard CrossValidation.isWanted(request.job) else { return try await trainMain(request, crossValidation: nil) }
    let start = Clocks.monotonicSeconds()
    let plan = try CrossValidation(request)
    let models: [TrainedModel]
    switch try await trainFolds(plan) {
    case .ended(let outcome): return outcome
    case .trained(let trained): models = trained
    }
    let threads = request.threads
    let content = try await BlockingWork.run {
      Self.content(models, assignment: plan.assignment, threads: threads)
    }
    context.onEvent(.crossValidated(foldCount: models.count, headline: content.metrics.headline))
    let secondsLeft = request.job.maxRuntimeSecs - (Clocks.monotonicSeconds() - start)
    return try await trainMain(plan.mainRequest(after: models, secondsLeft: secondsLeft), crossValidation: content)
  }

  private func trainMain(
    _ request: ModelRequest, crossValidation: ResultFolder.CrossValidation?
  ) async throws -> RunOutcome<ValidatedModel> {
    switch try await ModelRun(request, context).train() {
    case .suspended: .suspended
    case .cancelled: .cancelled
    case .trained(let model): .trained(ValidatedModel(model: model, crossValidation: crossValidation))
    }
  }

  private enum Folds {
    case trained([TrainedModel])
    case ended(RunOutcome<ValidatedModel>)
  }

  /// As many folds at a time as there are threads; the first failure ends all.
  private func trainFolds(_ plan: CrossValidation) async throws -> Folds {
    let events = PartEvents(context.onEvent)
    // Folds end together: the first failure stops the others, which would train on for nothing.
    let folds = context.part { _ in }
    return try await withThrowingTaskGroup(of: (Int, RunOutcome<TrainedModel>).self) { group in
      var next = 0
      func startNext() {
        guard next < plan.assignment.count else { return }
        let fold = next
        next += 1
        group.addTask {
          let run = ModelRun(plan.request(fold: fold), folds.part { events.forward($0, ofPart: "cv_\(fold + 1)") })
          return (fold, try await run.train())
        }
      }
      for _ in 0..<plan.parallelModels { startNext() }
      var models: [Int: TrainedModel] = [:]
      var ending: RunOutcome<ValidatedModel>?
      do {
        while let (fold, outcome) = try await group.next() {
          switch outcome {
          case .trained(let model): models[fold] = model
          case .suspended: ending = ending ?? .suspended
          case .cancelled: ending = .cancelled
          }
          if ending == nil { startNext() }
        }
      } catch {
        folds.control.stop(.cancel)
        throw error
      }
      return ending.map(Folds.ended) ?? .trained((0..<plan.assignment.count).compactMap { models[$0] })
    }
  }

  /// Scores the rows that each model has not seen, and all of them together.
  private static func content(
    _ models: [TrainedModel], assignment: FoldAssignment, threads: Int
  ) -> ResultFolder.CrossValidation {
    let heldOut = models.enumerated().map { fold, trained in
      let rows = assignment.folds.indices.filter { assignment.folds[$0] == fold }
      let table = trained.validationTable.map { ScoringTable($0.encodedRows, selection: rows) }
      guard let table else { preconditionFailure("the model of fold \(fold + 1) has no validation table") }
      let scorer = ModelScorer(threads: threads, options: trained.scoringPlan.metricOptions)
      return (rows: rows, table: table, scorer: scorer)
    }
    let scored = zip(models, heldOut).map { trained, part in part.scorer.score(trained.model, part.table) }
    let predictions = zip(models, heldOut).map { trained, part in
      ResultFolder.HeldOutPredictions(
        rows: part.rows, outputs: part.scorer.predict(trained.model, part.table.encodedRows, selection: part.rows))
    }
    return ResultFolder.CrossValidation(
      metrics: heldOut[0].scorer.metrics(of: models[0].model, scored), folds: assignment.folds,
      models: models.map(\.content), predictions: predictions)
  }
}

/// A trained model with what cross-validation found out about it.
struct ValidatedModel: Sendable {
  let model: TrainedModel
  let crossValidation: ResultFolder.CrossValidation?

  /// For the result folder.
  var content: ResultFolder.Content {
    var content = model.content
    content.crossValidation = crossValidation
    return content
  }
}
