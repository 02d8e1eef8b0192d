/// A user-defined metric.
package struct CustomMetric: Sendable {
  /// The expression as the user wrote it.
  package let name: String
  private let evaluate: @Sendable ([ScoredRows], _ width: Int) -> Double

  /// `evaluate`: Computes the metric from rows with `width` outputs each.
  package init(name: String, evaluate: @escaping @Sendable ([ScoredRows], _ width: Int) -> Double) {
    self.name = name
    self.evaluate = evaluate
  }

  package func value(_ parts: [ScoredRows], width: Int) -> Double { evaluate(parts, width) }
}
