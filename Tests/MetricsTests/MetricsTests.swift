import Foundation
import Metrics
import Testing

@Suite("Metrics")
struct MetricsTests {
  /// The rank statistic with half for ties, which is the definition of the AUC.
  private func rankAUC(_ scores: [Double], _ isPositive: [Bool]) -> Double {
    var (wins, pairs) = (0.0, 0.0)
    for (i, positive) in isPositive.enumerated() where positive {
      for (j, other) in isPositive.enumerated() where !other {
        pairs += 1
        wins += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0
      }
    }
    return wins / pairs
  }

  private func table(_ scores: [Double], _ isPositive: [Bool]) -> ThresholdTable {
    var histogram = AUCHistogram()
    for (score, positive) in zip(scores, isPositive) { histogram.insert(score, isPositive: positive) }
    return ThresholdTable(histogram)
  }

  @Test("with few distinct probabilities the AUC equals the rank statistic, ties included")
  func exactAUC() {
    let scores = (0..<200).map { Double(($0 * 37) % 50) / 50 }
    let isPositive = (0..<200).map { ($0 * 37) % 50 + ($0 % 13) * 3 > 40 }
    #expect(abs(table(scores, isPositive).auc - rankAUC(scores, isPositive)) < 1e-12)
  }

  @Test("with many distinct probabilities the AUC has 400 bins and remains close")
  func binnedAUC() {
    var state: UInt64 = 1
    func next() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1
      return Double(state >> 11) / Double(1 << 53)
    }
    let scores = (0..<3000).map { _ in next() }
    let isPositive = scores.map { next() < $0 }
    let found = table(scores, isPositive)
    #expect(found.thresholds.count == 400)
    #expect(abs(found.auc - rankAUC(scores, isPositive)) < 1e-3)
  }

  @Test("with a single class the AUC is 1 without negatives and 0 without positives")
  func degenerate() {
    #expect(table([0.1, 0.9], [true, true]).auc == 1)
    #expect(table([0.1, 0.9], [false, false]).auc == 0)
    #expect(table([0.1, 0.9], [true, true]).precisionRecallAUC == 1)
  }

  @Test("criteria at a threshold equal hand-computed values")
  func criteria() {
    // At 0.8: 2 of 3 positives and 1 of 2 negatives are at or above it.
    let found = table([0.9, 0.8, 0.8, 0.3, 0.2], [true, true, false, true, false])
    let index = 1
    #expect(found.thresholds == [0.9, 0.8, 0.3, 0.2])
    #expect(found.value(.precision, at: index) == 2.0 / 3)
    #expect(found.value(.recall, at: index) == 2.0 / 3)
    #expect(found.value(.specificity, at: index) == 0.5)
    #expect(abs(found.value(.f1, at: index) - 2.0 / 3) < 1e-15)
    #expect(found.value(.accuracy, at: index) == 0.6)
    #expect(abs(found.value(.absoluteMCC, at: index) - 1.0 / 6) < 1e-15)
    #expect(found.indexOfMaximum(.tps) == 2)
  }

  @Test("regression metrics equal hand-computed values; missing actual values do not count")
  func regression() {
    let metrics = RegressionMetrics([ScoredRows(actuals: [1, 2, 4, .nan], outputs: [1, 3, 2, 9])]) {
      ($0 - $1) * ($0 - $1)
    }
    #expect(metrics.rowCount == 3)
    #expect(abs(metrics.meanSquaredError - 5.0 / 3) < 1e-15)
    #expect(metrics.meanAbsoluteError == 1)
    #expect(metrics.meanResidualDeviance == metrics.meanSquaredError)
    let variance = 7.0 - 49.0 / 9
    let expected = 1 - 5.0 / 3 / variance
    #expect(abs(metrics.r2 - expected) < 1e-12)
  }

  @Test("large responses lose no precision, unless they are rounded to single precision as in H2O")
  func largeResponses() {
    let level = 1e8
    let rows = ScoredRows(actuals: [1, 2, 4, 5].map { level + $0 }, outputs: [1.5, 2, 4, 5.5].map { level + $0 })
    let exact = RegressionMetrics([rows]) { ($0 - $1) * ($0 - $1) }
    #expect(exact.meanSquaredError == 0.125)
    // The variance is 2.5.
    #expect(exact.r2 == 0.95)
    var options = MetricOptions()
    options.rules.responsePrecision = .single
    // Single-precision numbers around 1e8 are 8 apart: 1, 2 and 4 become 0, and 5 becomes 8.
    let rounded = RegressionMetrics([rows], options: options) { ($0 - $1) * ($0 - $1) }
    #expect(rounded.meanSquaredError == (2.25 + 4 + 16 + 6.25) / 4)
  }

  @Test("an empty table has no area; a pair of classes without rows does not count in a weighted mean of areas")
  func noRows() throws {
    let none = ClassificationMetrics([ScoredRows(actuals: [], outputs: [])], labels: ["n", "y"])
    #expect(try #require(none.binomial).auc.isNaN && none.rowCount == 0)
    var options = MetricOptions()
    options.multinomialAUC = .weightedOneVersusOne
    let one = ClassificationMetrics(
      [ScoredRows(actuals: [0], outputs: [0.9, 0.05, 0.05])], labels: ["a", "b", "c"], options: options)
    // Each class against the other: 1 in one direction, 0 in the other.
    #expect(one.multinomialAUC?.selected.auc == 0.5)
  }

  @Test("with several classes, log loss, confusion matrix and hit ratios equal hand-computed values")
  func multinomial() {
    let metrics = ClassificationMetrics(
      [ScoredRows(actuals: [0, 1, 2, 1], outputs: [0.7, 0.2, 0.1, 0.5, 0.4, 0.1, 0.2, 0.5, 0.3, 0.1, 0.8, 0.1])],
      labels: ["a", "b", "c"])
    #expect(metrics.confusionMatrix.counts == [[1, 0, 0], [1, 1, 0], [0, 1, 0]])
    #expect(metrics.error == 0.5)
    #expect(metrics.meanPerClassError == 0.5)
    #expect(metrics.hitRatios == [0.5, 1, 1])
    let ofActual = [0.7, 0.4, 0.3, 0.8]
    let logLoss = ofActual.map { -log($0) }.reduce(0, +) / 4
    let squaredError = ofActual.map { (1 - $0) * (1 - $0) }.reduce(0, +) / 4
    #expect(abs(metrics.logLoss - logLoss) < 1e-12)
    #expect(abs(metrics.meanSquaredError - squaredError) < 1e-12)
  }

  @Test("with two classes, labels use the threshold of the largest F1")
  func binomial() throws {
    let metrics = ClassificationMetrics(
      [ScoredRows(actuals: [0, 0, 1, 1, .nan], outputs: [0.9, 0.1, 0.8, 0.2, 0.7, 0.3, 0.6, 0.4, 0.5, 0.5])],
      labels: ["n", "y"])
    let binomial = try #require(metrics.binomial)
    #expect(metrics.rowCount == 4)
    #expect(binomial.auc == 1 && binomial.gini == 1)
    #expect(binomial.defaultThreshold == 0.3)
    #expect(metrics.error == 0)
    #expect(binomial.gainsLift?.liftOfTopGroup == 2)
  }

  @Test("the groups of the gains table cover all rows and all events")
  func gainsLift() throws {
    let rows = (0..<1000).map {
      GainsLift.Row(probability: Double($0) / 1000, isPositive: ($0 * 7919) % 1000 < $0, weight: 1)
    }
    let table = GainsLift(rows)
    let last = try #require(table.groups.last)
    #expect(table.groups.count == 16)
    #expect(abs(last.cumulativeDataFraction - 1) < 1e-12 && abs(last.cumulativeCaptureRate - 1) < 1e-12)
    #expect(abs(last.cumulativeLift - 1) < 1e-12)
    #expect(zip(table.groups, table.groups.dropFirst()).allSatisfy { $0.lowerThreshold > $1.lowerThreshold })
  }

  @Test("without rows of class 1 there is no decision threshold and no error rate")
  func oneClass() throws {
    let metrics = ClassificationMetrics(
      [ScoredRows(actuals: [0, 0, 0], outputs: [0.9, 0.1, 0.8, 0.2, 0.4, 0.6])], labels: ["n", "y"])
    #expect(metrics.error.isNaN && metrics.meanPerClassError.isNaN)
    #expect(metrics.logLoss.isFinite && metrics.binomial?.defaultThreshold == 0.5)
    let summary = SummaryMetrics.values(of: .classification(metrics))
    #expect(try #require(summary.first { $0.name == "mcc" }).value.isNaN)
  }

  @Test("if all rows have one label, the correlation is undefined and the table's criterion is 0")
  func correlation() throws {
    let table = try #require(
      ClassificationMetrics(
        [ScoredRows(actuals: [0, 1, 1], outputs: [0.5, 0.5, 0.5, 0.5, 0.5, 0.5])], labels: ["n", "y"]
      ).binomial?.thresholds)
    #expect(table.matthewsCorrelation(at: 0).isNaN && table.value(.absoluteMCC, at: 0) == 0)
  }

  @Test("the log loss of small probabilities is exact, or that of the rounded error")
  func logLossOperand() {
    let rows = [ScoredRows(actuals: [0], outputs: [1.23456789e-12, 1 - 1.23456789e-12])]
    func logLoss(_ operand: MetricRules.LogLossOperand) -> Double {
      var options = MetricOptions()
      options.rules.logLossOperand = operand
      return ClassificationMetrics(rows, labels: ["n", "y"], options: options).logLoss
    }
    #expect(logLoss(.probability) == -log(1.23456789e-12))
    let rounded = 1 - (1 - 1.23456789e-12)
    #expect(logLoss(.complementOfError) == -log(rounded) && abs(rounded / 1.23456789e-12 - 1) > 1e-8)
  }

  @Test("with whole-number counting, weights of one give the same gains table; fractional weights are truncated")
  func wholeNumbers() throws {
    let rows = (0..<1000).map { number -> GainsLift.Row in
      let scattered = number * 7919 % 1000
      return .init(probability: Double(scattered) / 1000, isPositive: scattered > number, weight: 1)
    }
    for count in [nil, 3, 7] {
      let weights = GainsLift(rows, groupCount: count).groups
      let numbers = GainsLift(rows, groupCount: count, counting: .wholeNumbers).groups
      #expect(weights.map(\.lift) == numbers.map(\.lift))
      for (left, right) in zip(weights, numbers) { #expect(abs(left.lowerThreshold - right.lowerThreshold) < 1e-12) }
    }
    let light = rows.map { GainsLift.Row(probability: $0.probability, isPositive: $0.isPositive, weight: 0.9) }
    // Each weight below one is truncated to 0.
    #expect(GainsLift(light, groupCount: 2, counting: .wholeNumbers).groups.allSatisfy { $0.responseRate == 0 })
    #expect(GainsLift(light, groupCount: 2).groups.contains { $0.responseRate > 0 })
    // A group without a whole row adds nothing to the mean score of the groups below it, and has no rates.
    let rest = (0..<20).map { Double($0) / 100 }
    let mixed =
      [GainsLift.Row(probability: 0.7, isPositive: true, weight: 0.9)]
      + rest.enumerated().map { GainsLift.Row(probability: $1, isPositive: $0 % 3 == 0, weight: 1) }
    let groups = GainsLift(mixed, groupCount: 40, counting: .wholeNumbers).groups
    #expect(try #require(groups.first).cumulativeScore.isNaN && groups[0].lift == 0)
    #expect(abs(try #require(groups.last).cumulativeScore - rest.reduce(0, +) / 20) < 1e-12)
  }
}
