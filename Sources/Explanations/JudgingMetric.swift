package import Metrics

/// The metric by which permutation importance judges predictions.
package struct JudgingMetric: Sendable {
  package let name: String
  package let moreIsBetter: Bool
  package let value: @Sendable (ModelMetrics) -> Double

  package init(name: String, moreIsBetter: Bool, value: @escaping @Sendable (ModelMetrics) -> Double) {
    self.name = name
    self.moreIsBetter = moreIsBetter
    self.value = value
  }

  /// Returns by how much `changed` is worse than `known`.
  func loss(from known: ModelMetrics, to changed: ModelMetrics) -> Double {
    moreIsBetter ? value(known) - value(changed) : value(changed) - value(known)
  }
}
