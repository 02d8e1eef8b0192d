/// The rules for the decision threshold of two classes.
package enum LabelRule: Sendable, Hashable {
  /// The threshold of the largest value of a criterion; of several, the highest.
  case largest(ThresholdTable.Criterion)
  /// The threshold of the largest Matthews correlation coefficient, with its sign.
  case largestCorrelation
  /// The threshold with the smallest cost of wrong labels.
  case smallestCost(DecisionCosts)
  /// A fixed threshold.
  case given(Double)

  /// Returns the threshold that the rule selects in a table; nil if its criterion is undefined.
  func threshold(_ table: ThresholdTable) -> Double? {
    switch self {
    case .given(let threshold): threshold
    case .largest(let criterion): table.indexOfMaximum(criterion).map { table.thresholds[$0] }
    case .smallestCost(let costs): costs.best(table).map { table.thresholds[$0] }
    case .largestCorrelation: table.indexOfMaximum(table.matthewsCorrelation).map { table.thresholds[$0] }
    }
  }
}

extension ModelMetrics {
  /// Returns the metrics at another decision threshold; metrics without one are unchanged.
  package func labelled(from threshold: Double) -> ModelMetrics {
    guard case .classification(let metrics) = self else { return self }
    return .classification(metrics.labelled(from: threshold))
  }

  /// The decision threshold that these rows determine; nil if they determine none, or if there are not two classes.
  package var decidedThreshold: Double? {
    guard case .classification(let metrics) = self, metrics.isDecisive, let binomial = metrics.binomial,
      binomial.isDecided
    else {
      return nil
    }
    return binomial.defaultThreshold
  }
}
