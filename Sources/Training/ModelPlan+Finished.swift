internal import Metrics
package import Models

extension ModelPlan {
  /// Scores a finished model on the tables of this plan, which must read its inputs alike.
  ///
  /// - Parameters:
  ///   - model: The model, which may have several networks.
  ///   - checkpoint: The end of the training of its own network, with the history of its scorings.
  ///   - heartbeat: Called regularly.
  /// - Returns: The metrics of the model, as at the end of a training.
  package func scored(
    _ model: Model, after checkpoint: CheckpointFile, heartbeat: @escaping @Sendable () -> Void
  ) -> ScoringEvent {
    let scorer = ModelScorer(threads: threads, options: scoring.metricOptions, heartbeat: heartbeat)
    let training = scorer.metrics(of: model, on: trainingTable)
    let validation = validationTable.map { scorer.metrics(of: model, on: $0) }
    let point = point(checkpoint.progress, isLast: true)
    return ScoringEvent(
      point: point, state: model.state, training: training, validation: validation, record: checkpoint.record,
      stops: nil, network: checkpoint.network ?? checkpoint.record.best?.origin ?? .last(point),
      deciding: scoring.deciding(.leading(training: training, validation: validation)))
  }
}
