package import Metrics

/// Scored rows, presented to a metric expression row by row.
package struct CustomMetricRows {
  private let parts: [ScoredRows]
  /// The number of outputs per row: 1 for a regression, otherwise one per class.
  private let width: Int

  package init(parts: [ScoredRows], width: Int) {
    self.parts = parts
    self.width = width
  }

  package func evaluate(_ expression: MetricExpression) -> Double {
    expression.evaluate { body in
      for part in parts {
        part.forEachRow(width: width) { actual, outputs, weight in
          let predicted = width == 1 ? outputs[outputs.startIndex] : Double(ClassificationMetrics.mostProbable(outputs))
          body(
            MetricExpression.Row(
              actual: actual, predict: predicted, weight: weight, probabilities: width == 1 ? [] : Array(outputs)))
        }
      }
    }
  }
}
