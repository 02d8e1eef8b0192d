package import Metrics
package import Models

extension LabelThreshold {
  /// The threshold of a model: what its job gives, or what the first of the tables that can has decided on.
  ///
  /// In this order: validation, cross-validation, training, each of which has its metrics by the rule of the job. Nil for
  /// anything but two classes.
  ///
  /// - `rule`: The job's; `thresholds`: how many tables share one.
  package static func decide(
    _ event: ScoringEvent, crossValidation: ModelMetrics?, rule: LabelRule, thresholds: DecisionThresholds
  ) -> LabelThreshold? {
    guard case .classification(let leading) = event.leading, let binomial = leading.binomial else { return nil }
    if case .given(let probability) = rule { return LabelThreshold(value: probability, source: .given) }
    let leads: Source = event.validation == nil ? .training : .validation
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
  /// The same with all tables labelled by one threshold.
  package func labelled(from threshold: Double) -> ScoringEvent {
    var event = self
    event.training = training.labelled(from: threshold)
    event.validation = validation?.labelled(from: threshold)
    return event
  }
}
