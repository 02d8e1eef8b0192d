import Metrics
import Testing

@Suite("Decision thresholds by costs")
struct DecisionCostsTests {
  /// Scores 0.9 to 0.1; the rows of the second class are those with 0.9, 0.7, 0.6 and 0.2.
  private func metrics(_ falsePositive: Double, _ falseNegative: Double) -> ClassificationMetrics {
    let scores = [0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1]
    let classes = [1.0, 0, 1, 1, 0, 0, 0, 1, 0]
    var options = MetricOptions()
    options.labelRule = .smallestCost(.init(falsePositive: falsePositive, falseNegative: falseNegative))
    return ClassificationMetrics(
      [ScoredRows(actuals: classes, outputs: scores.flatMap { [1 - $0, $0] })], labels: ["n", "y"], options: options)
  }

  /// Costs of a false positive and a false negative, the best threshold, and the cost of all nine rows there.
  static let cases: [(Double, Double, Double, Double)] = [
    // Equal costs: 0.6 makes two mistakes.
    (1, 1, 0.6, 2),
    // A missed row costs as much as ten false alarms: 0.2 has four of these and misses none.
    (1, 10, 0.2, 4),
    // Four false alarms cost as much as the last row: 0.6 with one mistake of each kind costs 1 + 3 = 4, as 0.2 does.
    (1, 3, 0.6, 4),
    // False alarms are dear: 0.9 misses three rows.
    (10, 1, 0.9, 3),
  ]

  @Test("the threshold has the smallest cost, computed by hand; of several, the highest counts", arguments: cases)
  func smallest(_ falsePositive: Double, _ falseNegative: Double, _ threshold: Double, _ total: Double) throws {
    let binomial = try #require(metrics(falsePositive, falseNegative).binomial)
    #expect(binomial.defaultThreshold == threshold)
    let costs = DecisionCosts(falsePositive: falsePositive, falseNegative: falseNegative)
    #expect(abs(costs.mean(binomial.thresholds, from: threshold) - total / 9) < 1e-15)
    // Above every score nothing is found.
    #expect(abs(costs.mean(binomial.thresholds, from: 0.95) - 4 * falseNegative / 9) < 1e-15)
  }

  @Test("rows of a single class determine no threshold")
  func oneClass() {
    var options = MetricOptions()
    options.labelRule = .smallestCost(.init(falsePositive: 1, falseNegative: 2))
    let metrics = ClassificationMetrics(
      [ScoredRows(actuals: [0, 0], outputs: [0.5, 0.5, 0.25, 0.75])], labels: ["n", "y"], options: options)
    #expect(ModelMetrics.classification(metrics).decidedThreshold == nil)
  }
}
