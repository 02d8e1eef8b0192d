package import JobFiles
package import Metrics

extension JobFile {
  /// The costs that choose the decision threshold; nil if something else does.
  package var decisionCosts: DecisionCosts? {
    guard case .costs(let costs) = self.labelThreshold else { return nil }
    return costs
  }
}
