package import Metrics
package import Models

extension LabelThreshold {
  /// Returns the decision threshold of a model: given by the job, or decided on the first table that can decide.
  ///
  /// The order of the tables is validation, cross-validation, training. Each has its
  /// metrics by the rule of the job. Nil unless there are two classes.
  ///
  /// - `rule`: The rule of the job.
  /// - `thresholds`: Whether tables share one threshold.
  package static func decide(
    _ event: ScoringEvent, crossValidation: ModelMetrics?, rule: LabelRule, thresholds: DecisionThresholds
  ) -> LabelThreshold? {
    guard case .classification(let leading) = event.leading, let binomial = leading.binomial else { return nil }
    if case .given(let probability) = rule { return LabelThreshold(value: probability, source: .given) }
    let leads: Source = event.isLedByValidation ? .validation : .training
    guard thresholds == .oneForAllTables else {
      return LabelThreshold(value: binomial.defaultThreshold, source: leads)
    }
    let decided: [(source: Source, value: Double?)] = [
      (.validation, event.validation?.decidedThreshold), (.crossValidation, crossValidation?.decidedThreshold),
      (.training, event.training.decidedThreshold),
    ]
    for table in decided {
      if let value = table.value { return LabelThreshold(value: value, source: table.source) }
    }
    return LabelThreshold(value: binomial.defaultThreshold, source: leads)
  }
}

extension ScoringEvent {
  /// Returns the event with all tables labelled by one threshold.
  package func labelled(from threshold: Double) -> ScoringEvent {
    var event = self
    event.training = training.labelled(from: threshold)
    event.validation = validation?.labelled(from: threshold)
    return event
  }
}
