import Metrics
import Testing

@Suite("Calibration, distribution of scores and residuals")
struct CalibrationTests {
  private func close(_ one: Double, _ other: Double) -> Bool { abs(one - other) < 1e-12 }

  private func classified(_ probabilities: [Double], _ classes: [Int], weights: [Double]? = nil)
    -> ClassificationMetrics
  {
    ClassificationMetrics(
      [
        ScoredRows(
          actuals: classes.map(Double.init), outputs: probabilities.flatMap { [1 - $0, $0] }, weights: weights)
      ], labels: ["n", "y"])
  }

  @Test("rows are divided into tenths; each has its mean probability and observed rate")
  func tenths() throws {
    // Twenty rows: in tenth k the probabilities are k/10 + 0.01 and k/10 + 0.03, and one of both is of class 1.
    let centres = (0..<10).map { Double($0) / 10 + 0.02 }
    let probabilities = centres.flatMap { [$0 - 0.01, $0 + 0.01] }
    let classes = (0..<20).map { $0 % 2 }
    let calibration = classified(probabilities, classes).calibration
    try #require(calibration.groups.count == 10)
    for (centre, group) in zip(centres, calibration.groups) {
      #expect(close(group.meanProbability, centre) && close(group.observedRate, 0.5))
      #expect(group.weight == 2 && close(group.lowest, centre - 0.01) && close(group.highest, centre + 0.01))
    }
    let distances = centres.map { abs($0 - 0.5) }
    #expect(close(calibration.error, distances.reduce(0, +) / 10))
  }

  @Test("rows with the same probability share a group; weights count")
  func ties() {
    let calibration = classified([0.2, 0.2, 0.2, 0.8], [0, 1, 0, 1], weights: [1, 2, 1, 4]).calibration
    #expect(calibration.groups.map(\.weight) == [4, 4])
    #expect(calibration.groups.map(\.observedRate) == [0.5, 1])
    #expect(close(calibration.error, 0.5 * 0.3 + 0.5 * 0.2))
  }

  @Test("Brier score: the mean squared difference between probability and class")
  func brier() {
    let binomial = classified([0.2, 0.9, 0.4], [0, 1, 1], weights: [1, 1, 2]).binomial
    #expect(close(binomial?.thresholds.brierScore ?? .nan, (0.04 + 0.01 + 2 * 0.36) / 4))
  }

  @Test("the histogram counts every row once, 1 in the last interval")
  func histogram() {
    let histogram = classified([0, 0.049, 0.05, 0.5, 1], [0, 1, 0, 1, 1]).scoreHistogram
    #expect(histogram.negatives[0] == 1 && histogram.positives[0] == 1 && histogram.negatives[1] == 1)
    #expect(histogram.positives[10] == 1 && histogram.positives[19] == 1)
    #expect(histogram.positives.reduce(0, +) == 3 && histogram.negatives.reduce(0, +) == 2)
    #expect(ScoreHistogram.bounds.count == ScoreHistogram.binCount + 1)
  }

  @Test("for several classes, the probability of the predicted class is compared with being right")
  func confidences() {
    let outputs = [0.5, 0.3, 0.2, 0.1, 0.8, 0.1, 0.1, 0.8, 0.1, 0.2, 0.3, 0.5]
    let metrics = ClassificationMetrics(
      [ScoredRows(actuals: [0, 1, 2, 2], outputs: outputs)], labels: ["a", "b", "c"])
    let calibration = metrics.calibration
    #expect(calibration.groups.map(\.weight) == [2, 2])
    #expect(calibration.groups.map(\.observedRate) == [1, 0.5])
    #expect(zip(calibration.groups.map(\.meanProbability), [0.5, 0.8]).allSatisfy(close))
    #expect(metrics.scoreHistogram.positives[10] == 2 && metrics.scoreHistogram.negatives[16] == 1)
  }

  @Test("without rows there are no groups and no error")
  func empty() {
    let metrics = classified([], [])
    #expect(metrics.calibration.groups.isEmpty && metrics.calibration.error.isNaN)
  }

  @Test("residuals: mean, deviation, quantiles, and means by tenths of the predictions")
  func residuals() throws {
    // Predictions 0 ... 99; the actual value is 1 above in even rows and 2 below in odd rows.
    let predicted = (0..<100).map(Double.init)
    let actual = predicted.map { $0 + (Int($0) % 2 == 0 ? 1 : -2) }
    let summary = try #require(ResidualSummary([ScoredRows(actuals: actual, outputs: predicted)]))
    #expect(summary.rowCount == 100 && close(summary.mean, -0.5) && close(summary.deviation, 1.5))
    #expect(summary.quantiles.map(\.share) == [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1])
    #expect(summary.quantiles.map(\.value).first == -2 && summary.quantiles.map(\.value).last == 1)
    try #require(summary.groups.count == 10)
    #expect(close(summary.groups[3].meanPrediction, 34.5) && close(summary.groups[3].meanActual, 34))
    #expect(summary.groups.allSatisfy { $0.weight == 10 })
  }

  @Test("residuals of weighted rows; rows without a response do not count")
  func weightedResiduals() throws {
    let rows = ScoredRows(actuals: [3, 5, .nan], outputs: [1, 4, 100], weights: [3, 1, 1])
    let summary = try #require(ResidualSummary([rows]))
    #expect(summary.rowCount == 2 && close(summary.mean, 1.75))
    #expect(ResidualSummary([ScoredRows(actuals: [.nan], outputs: [1])]) == nil)
  }
}
