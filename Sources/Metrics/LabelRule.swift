/// What decides from which probability on the label is class 1 of two.
package enum LabelRule: Sendable, Hashable {
  /// Where this is largest; of several such thresholds the highest.
  case largest(ThresholdTable.Criterion)
  /// Where Matthews' correlation coefficient is largest, with its sign.
  case largestCorrelation
  /// From this probability on, whatever the rows say.
  case given(Double)

  /// The threshold that the rule finds in a table; nil where what it looks at is not defined.
  func threshold(_ table: ThresholdTable) -> Double? {
    switch self {
    case .given(let threshold): threshold
    case .largest(let criterion): table.indexOfMaximum(criterion).map { table.thresholds[$0] }
    case .largestCorrelation: table.indexOfMaximum(table.matthewsCorrelation).map { table.thresholds[$0] }
    }
  }
}

extension ModelMetrics {
  /// The same with labels of class 1 of two from another threshold on; other kinds of metrics have no threshold.
  package func labelled(from threshold: Double) -> ModelMetrics {
    guard case .classification(let metrics) = self else { return self }
    return .classification(metrics.labelled(from: threshold))
  }

  /// The threshold that these rows have decided on; nil where they have not, or there are not two classes.
  package var decidedThreshold: Double? {
    guard case .classification(let metrics) = self, let binomial = metrics.binomial, binomial.isDecided else {
      return nil
    }
    return binomial.defaultThreshold
  }
}
