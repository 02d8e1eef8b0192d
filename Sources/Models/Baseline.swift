package import Metrics

/// What the trivial model achieves on the tables of a model, under the same metrics.
package struct Baseline: Sendable {
  /// The model of the base rates, or of the mean.
  package let trivial: TrivialModel
  package let training: ModelMetrics
  package let validation: ModelMetrics?
  /// Over all held-out rows, each predicted from the whole training table.
  package var crossValidation: ModelMetrics?

  /// Measures it on the tables that exist.
  package init(
    _ trivial: TrivialModel, for model: Model, training: ScoringTable, validation: ScoringTable?, by scorer: ModelScorer
  ) {
    self.trivial = trivial
    self.training = scorer.metrics(of: trivial, for: model, on: training)
    self.validation = validation.map { scorer.metrics(of: trivial, for: model, on: $0) }
  }
}
