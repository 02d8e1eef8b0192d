import Metrics
import Testing

@Suite("The better value of a metric")
struct MetricDirectionTests {
  @Test("more is better for areas, gains and explained variance", arguments: ["AUC", "pr_auc", "Gini", "r2", "F1"])
  func more(_ name: String) {
    #expect(MetricDirection(ofMetric: name) == .moreIsBetter)
    #expect(MetricDirection(ofMetric: name)?.best([0.25, 0.75, 0.5]) == 0.75)
  }

  @Test("less is better for errors and losses", arguments: ["logloss", "RMSE", "err", "mean_residual_deviance"])
  func less(_ name: String) {
    #expect(MetricDirection(ofMetric: name) == .lessIsBetter)
    #expect(MetricDirection(ofMetric: name)?.best([0.25, 0.75, 0.5]) == 0.25)
  }

  @Test("no value of a count, a fact or a custom metric is better", arguments: ["nobs", "default_threshold", "custom"])
  func neither(_ name: String) { #expect(MetricDirection(ofMetric: name) == nil) }

  @Test("a loss is smaller for the better value")
  func loss() {
    #expect(MetricDirection.moreIsBetter.loss(of: 0.9) < MetricDirection.moreIsBetter.loss(of: 0.8))
    #expect(MetricDirection.lessIsBetter.loss(of: 0.8) < MetricDirection.lessIsBetter.loss(of: 0.9))
  }
}
