internal import DataFrames
internal import JobFiles
internal import Metrics
internal import Models
internal import Planning
internal import Reports
internal import Training

/// The model of a fold with its predictions for the held-out rows.
///
/// The encoded table is released, so that many folds need memory only for their predictions.
struct TrainedFold: Sendable {
  let model: TrainedModel
  private let scored: ScoredRows
  /// The held-out predictions; nil if the job does not keep them.
  private let predictions: ResultFolder.HeldOutPredictions?

  /// Scores the held-out rows; blocks until they are scored.
  ///
  /// - `heartbeat`: Called regularly during scoring.
  init(_ trained: TrainedModel, fold: Int, assignment: FoldAssignment, heartbeat: @escaping @Sendable () -> Void) {
    guard let table = trained.validationTable?.encodedRows else {
      preconditionFailure("the model of fold \(fold + 1) has no validation table")
    }
    let rows = assignment.folds.indices.filter { assignment.folds[$0] == fold }
    let scorer = ModelScorer(
      threads: trained.request.threads, options: trained.metricOptions, heartbeat: heartbeat)
    scored = scorer.score(trained.model, ScoringTable(table, selection: rows))
    predictions =
      trained.request.job.keepCrossValidationPredictions ? Self.predictions(of: trained, table, rows, scorer) : nil
    model = trained.withoutTable.labelled()
  }

  private static func predictions(
    of trained: TrainedModel, _ table: EncodedRows, _ rows: [Int], _ scorer: ModelScorer
  ) -> ResultFolder.HeldOutPredictions {
    let predicted =
      switch trained.plan.rules.heldOutPredictions {
      case .allRows: rows
      case .rowsWithWeight: rows.filter { table.weights?[$0] != 0 }
      }
    return ResultFolder.HeldOutPredictions(
      rows: predicted, outputs: scorer.predict(trained.model, table, selection: predicted))
  }

  /// Returns the results of cross-validation over all folds.
  static func content(_ folds: [TrainedFold], assignment: FoldAssignment) -> ResultFolder.CrossValidation {
    let scorer = scorer(of: folds)
    return ResultFolder.CrossValidation(
      metrics: scorer.metrics(of: folds[0].model.model, folds.map(\.scored)), folds: assignment.folds,
      models: folds.map(\.model.content), predictions: folds.compactMap(\.predictions),
      sample: folds[0].model.model.classes == nil
        ? SampledRows(
          .crossValidation,
          .residuals(ScoredRows.sample(folds.map(\.scored), atMost: SampledRows.maximumRows))) : nil)
  }

  /// Returns the metrics of the trivial model on all held-out rows.
  static func metrics(of trivial: TrivialModel, on folds: [TrainedFold]) -> ModelMetrics {
    scorer(of: folds).metrics(of: trivial, for: folds[0].model.model, folds.map(\.scored))
  }

  private static func scorer(of folds: [TrainedFold]) -> ModelScorer {
    ModelScorer(threads: 1, options: folds[0].model.metricOptions)
  }
}
