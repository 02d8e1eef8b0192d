package import Metrics

/// The metrics of the trivial model on the tables of a model.
package struct Baseline: Sendable {
  /// The model that always predicts the base rates of the classes, or the mean of the response.
  package let trivial: TrivialModel
  package let training: ModelMetrics
  package let validation: ModelMetrics?
  /// The metrics over all held-out rows, with one trivial model of the whole training table.
  package var crossValidation: ModelMetrics?

  /// Computes the metrics on the tables that exist.
  package init(
    _ trivial: TrivialModel, for model: Model, training: ScoringTable, validation: ScoringTable?, by scorer: ModelScorer
  ) {
    self.trivial = trivial
    self.training = scorer.metrics(of: trivial, for: model, on: training)
    self.validation = validation.map { scorer.metrics(of: trivial, for: model, on: $0) }
  }
}
